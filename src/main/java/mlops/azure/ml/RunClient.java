package mlops.azure.ml;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobStorageException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mlops.azure.Azure;
import mlops.azure.Lookup;

/** The run history of a workspace: how jobs and their children go, and what they log. */
public final class RunClient {
  private static final Set<String> TERMINAL =
      Set.of("Completed", "Failed", "Canceled", "NotResponding");

  /** Of several processes, the first. */
  private static final Pattern USER_LOG = Pattern.compile("user_logs/std_log(_process_0+)?\\.txt");

  private final Azure azure;
  private final Workspace workspace;

  public RunClient(Azure azure, Workspace workspace) {
    this.azure = azure;
    this.workspace = workspace;
  }

  /**
   * One run of a job, or of one of its children.
   *
   * @param id its run id; of a root run, the name of the job
   * @param name what the pipeline calls it
   * @param status as Azure words it, such as {@code Running}
   * @param reusedFrom the id of the run that did the work, where it was an earlier one
   * @param error Azure's sentence of why it failed, or empty
   * @param logs addresses of its log files by name; each carries its own permission
   * @param trial what it tries, where it is a trial of a sweep
   */
  public record Run(
      String id,
      String name,
      String status,
      Times times,
      String error,
      Optional<String> reusedFrom,
      Map<String, String> logs,
      Optional<Trial> trial) {

    public boolean isOver() {
      return TERMINAL.contains(status);
    }

    Run named(String other) {
      return new Run(id, other, status, times, error, reusedFrom, logs, trial);
    }

    /** The id of the run that did the work. */
    public String origin() {
      return reusedFrom.orElse(id);
    }

    /** The log of the user's own program, where there is one yet; only details tell. */
    public Optional<String> userLog() {
      return logs.keySet().stream().filter(USER_LOG.asMatchPredicate()).findFirst().map(logs::get);
    }
  }

  /** When a run began and ended, as far as it has. */
  public record Times(Optional<Instant> started, Optional<Instant> ended) {

    /** How long a run took; empty where it did not begin, or goes on. */
    public Optional<Duration> taken() {
      return started.flatMap(start -> ended.map(end -> Duration.between(start, end)));
    }
  }

  public Run details(String runId) {
    return run(document(runId));
  }

  /** What a sweep searched for, and what it found. */
  public Sweep sweep(String runId) {
    return Sweep.of(document(runId).path("properties"));
  }

  private JsonNode document(String runId) {
    return azure.machineLearning().get(history() + "/runs/" + runId + "/details");
  }

  /** The children of a run, in the order in which they were made; without their logs. */
  public List<Run> children(String runId) {
    return azure.machineLearning().list(history() + "/runs/" + runId + "/children").stream()
        .map(RunClient::run)
        .toList();
  }

  /**
   * A log from an offset on; empty where there is nothing new. The last byte that is known is asked
   * for again: a range with nothing in it would be an error.
   */
  public byte[] log(String address, long offset) {
    BlobClient blob = blob(address);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      BlobRange range = new BlobRange(Math.max(0, offset - 1));
      blob.downloadStreamWithResponse(out, range, null, null, false, null, null);
    } catch (BlobStorageException e) {
      if (Lookup.status(e) != 416 && Lookup.status(e) != 404) {
        throw e;
      }
    }
    byte[] read = out.toByteArray();
    return offset == 0 || read.length == 0 ? read : Arrays.copyOfRange(read, 1, read.length);
  }

  /** The end of a log: as much of it as is asked for, in bytes; empty where there is none yet. */
  public byte[] logEnd(String address, long most) {
    BlobClient blob = blob(address);
    long size = Lookup.find(() -> blob.getProperties().getBlobSize()).orElse(0L);
    return log(address, Math.max(0, size - most));
  }

  private BlobClient blob(String address) {
    return azure.blobClients().blob(address).buildClient();
  }

  private String history() {
    return workspace.dataPlane() + "/history/v1.0" + workspace.id();
  }

  private static Run run(JsonNode node) {
    Map<String, String> logs = new LinkedHashMap<>();
    node.path("logFiles")
        .fields()
        .forEachRemaining(e -> logs.put(e.getKey(), e.getValue().asText()));
    JsonNode properties = node.path("properties");
    String id = node.path("runId").asText();
    boolean reused = properties.path("azureml.isreused").asText().equalsIgnoreCase("true");
    return new Run(
        id,
        name(node, id),
        node.path("status").asText(),
        new Times(instant(node.path("startTimeUtc")), instant(node.path("endTimeUtc"))),
        node.path("error").path("error").path("message").asText(""),
        reused ? Optional.of(properties.path("azureml.reusedrunid").asText(id)) : Optional.empty(),
        logs,
        Optional.of(node.at("/tags/hyperparameters").asText())
            .filter(tag -> !tag.isEmpty())
            .map(tag -> Trial.of(node.path("parentRunId").asText(), tag)));
  }

  /** Children have a name in their pipeline; a job itself has not. */
  private static String name(JsonNode node, String id) {
    return Stream.of(node.path("name").asText(), node.path("displayName").asText())
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse(id);
  }

  private static Optional<Instant> instant(JsonNode node) {
    return node.isTextual() ? Optional.of(Instant.parse(node.asText())) : Optional.empty();
  }
}
