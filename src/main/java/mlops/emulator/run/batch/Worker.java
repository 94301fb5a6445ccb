package mlops.emulator.run.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mlops.emulator.http.Json;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.process.JobProcess;
import org.jspecify.annotations.Nullable;

/** A process that has loaded a scoring script and scores one mini batch after the other. */
final class Worker implements AutoCloseable {

  /** Whose failure it was. */
  enum Blame {
    /** The script raised; the worker itself is as good as before. */
    SCRIPT,
    /** The script took too long, and the worker with it was ended. */
    TIME,
    /** The worker is gone. */
    WORKER
  }

  /** A try that failed. */
  static final class Failure extends Exception {
    final Blame blame;

    Failure(String message, Blame blame) {
      super(message, null, false, false);
      this.blame = blame;
    }

    String message() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * What a worker says of a mini batch: how many results, and how many failed files if it knows.
   */
  record Scored(int items, int failedFiles) {}

  private final JobControl.Held held;
  private final BufferedWriter requests;
  private final BufferedReader replies;
  private final ScheduledExecutorService clock;

  private Worker(JobControl.Held held, ScheduledExecutorService clock) {
    Process process = held.process().process();
    this.held = held;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.replies = process.inputReader(StandardCharsets.UTF_8);
    this.clock = clock;
  }

  /** Takes a process over, once its script's {@code init()} is done. */
  static Worker ready(JobProcess process, JobControl control, ScheduledExecutorService clock)
      throws Failure {
    Worker worker = new Worker(control.hold(process), clock);
    try {
      JsonNode reply = worker.reply(Duration.ofMinutes(30), "init()");
      if (!reply.path("ready").asBoolean()) {
        throw new Failure("init() failed: " + reply.path("error").asText(), Blame.WORKER);
      }
      return worker;
    } catch (Failure e) {
      worker.close();
      throw e;
    }
  }

  /**
   * Scores a mini batch. After a failure that is not the script's own the worker is of no more use.
   *
   * @param out where the results go, if they are kept
   */
  Scored score(MiniBatch batch, java.nio.file.@Nullable Path out, Duration timeout) throws Failure {
    ObjectNode request = batch.content().deepCopy().put("index", batch.index());
    if (out != null) {
      request.put("out", out.toString());
    }
    try {
      requests.write(request + "\n");
      requests.flush();
    } catch (IOException e) {
      throw new Failure("the worker process has ended", Blame.WORKER);
    }
    JsonNode reply = reply(timeout, "run()");
    if (!reply.path("ok").asBoolean()) {
      throw new Failure(reply.path("error").asText(), Blame.SCRIPT);
    }
    return new Scored(reply.path("items").asInt(), reply.path("failed").asInt(-1));
  }

  boolean isAlive() {
    return held.process().process().isAlive();
  }

  private JsonNode reply(Duration timeout, String of) throws Failure {
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> end =
        clock.schedule(
            () -> {
              late.set(true);
              held.process().kill();
            },
            timeout.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      String line = replies.readLine();
      if (line == null) {
        throw new Failure(
            late.get()
                ? "The %s function had a timeout of %d s".formatted(of, timeout.toSeconds())
                : "the worker process ended in %s, exit code %s".formatted(of, exitCode()),
            late.get() ? Blame.TIME : Blame.WORKER);
      }
      return Json.MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new Failure("the worker gave no reply that can be read", Blame.WORKER);
    } catch (IOException e) {
      throw new Failure("the worker process has ended", Blame.WORKER);
    } finally {
      end.cancel(false);
    }
  }

  private String exitCode() {
    return held.process().waitFor(Duration.ofSeconds(5)).stream()
        .mapToObj(Integer::toString)
        .findFirst()
        .orElse("unknown");
  }

  @Override
  public void close() {
    held.close();
  }
}
