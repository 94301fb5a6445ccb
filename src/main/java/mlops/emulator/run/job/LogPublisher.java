package mlops.emulator.run.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ScheduledFuture;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.run.data.BlobLocation;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.record.RunRecord;
import org.jspecify.annotations.Nullable;

/**
 * Shows a log of a run in the workspace's storage while the run goes on, as Azure does. Once it is
 * closed all of the log is there.
 */
public final class LogPublisher implements AutoCloseable {
  /** The name of what a command prints, as on Azure. */
  private static final String USER_LOG = "user_logs/std_log.txt";

  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final int LARGEST = 4 << 20;

  private final Job job;
  private final BlobLocation place;
  private final Path log;
  private final String name;
  private final RunRecord run;
  private @Nullable ScheduledFuture<?> again;
  private long published = -1; // bytes, or nothing yet

  private LogPublisher(Job job, RunRecord run, String name, Path log) {
    this.job = job;
    this.place = job.locations().artifacts(run.runId()).resolve(name);
    this.log = log;
    this.name = name;
    this.run = run;
  }

  /**
   * What publishes a log.
   *
   * @param name of the log among the artifacts of the run
   */
  public static LogPublisher of(Job job, RunRecord run, String name, Path log) {
    return new LogPublisher(job, run, name, log);
  }

  /** What publishes all that the commands of a run print. */
  public static LogPublisher ofUser(Job job, RunRecord run, JobFolder folder) {
    return of(job, run, USER_LOG, folder.log());
  }

  /** Publishes a log of one line for a run that runs nothing. */
  public static void line(Job job, RunRecord run, String line) {
    BlobLocation log = job.locations().artifacts(run.runId()).resolve(USER_LOG);
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    job.services().blobs().put(log.account(), log.container(), log.blob(), bytes, "text/plain");
    run.update(r -> r.withObjectProperty("logFiles").put(USER_LOG, log.blob()));
  }

  /** Publishes again and again from now on. */
  public void start() {
    again = job.every(AGAIN, this::publish);
  }

  @Override
  public void close() {
    if (again != null) {
      again.cancel(false);
    }
    publish();
  }

  /** Publishes what the log has grown by. */
  private synchronized void publish() {
    byte[] news = news();
    while (news.length > 0 || published < 0) {
      publish(news);
      news = news();
    }
  }

  private void publish(byte[] news) {
    BlobStore blobs = job.services().blobs();
    blobs.append(place.account(), place.container(), place.blob(), news);
    if (published < 0) {
      run.update(r -> r.withObjectProperty("logFiles").put(name, place.blob()));
    }
    published = Math.max(published, 0) + news.length;
  }

  private byte[] news() {
    if (!Files.exists(log)) {
      return new byte[0];
    }
    try (SeekableByteChannel file = Files.newByteChannel(log)) {
      file.position(Math.max(published, 0));
      ByteBuffer bytes =
          ByteBuffer.allocate((int) Math.min(file.size() - file.position(), LARGEST));
      while (bytes.hasRemaining() && file.read(bytes) >= 0) {
        // until all of it is here
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
