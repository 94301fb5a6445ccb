package mlops.emulator.run.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.run.data.BlobLocation;
import mlops.emulator.run.data.DataLocations;
import mlops.emulator.run.record.RunRecord;

/** Shows the log of a run in the workspace's storage while the run goes on, as Azure does. */
public final class LogPublisher {
  /** The name of what a command prints, as on Azure. */
  public static final String USER_LOG = "user_logs/std_log.txt";

  private static final int LARGEST = 4 << 20;

  private final BlobStore blobs;
  private final BlobLocation place;
  private final Path log;
  private final String name;
  private final RunRecord run;
  private long published = -1; // bytes, or nothing yet

  /**
   * @param artifacts the folder of the run's artifacts
   * @param name of the log in it, such as {@code user_logs/std_log.txt}
   */
  public LogPublisher(
      BlobStore blobs, BlobLocation artifacts, Path log, String name, RunRecord run) {
    this.blobs = blobs;
    this.place = artifacts.resolve(name);
    this.log = log;
    this.name = name;
    this.run = run;
  }

  /** The folder of a run's artifacts, where the workspace keeps such things. */
  public static BlobLocation artifacts(DataLocations locations, String workspace, String runId) {
    return locations.inDatastore(
        workspace, "workspaceblobstore", "ExperimentRun/dcid." + runId + "/");
  }

  /** Publishes a log of one line for a run that runs nothing. */
  static void line(Job job, RunRecord run, String line) {
    BlobLocation artifacts = artifacts(job.locations(), job.id().workspace(), run.runId());
    BlobLocation log = artifacts.resolve(USER_LOG);
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    job.workshop().blobs().put(log.account(), log.container(), log.blob(), bytes, "text/plain");
    run.update(r -> r.withObjectProperty("logFiles").put(USER_LOG, log.blob()));
  }

  /** Publishes what the log has grown by. */
  public synchronized void publish() {
    byte[] news = news();
    while (news.length > 0 || published < 0) {
      publish(news);
      news = news();
    }
  }

  private void publish(byte[] news) {
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
