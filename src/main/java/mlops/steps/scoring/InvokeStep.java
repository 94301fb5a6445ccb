package mlops.steps.scoring;

import static java.util.Comparator.comparing;

import com.azure.core.exception.HttpResponseException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import mlops.azure.Azure;
import mlops.azure.Deadline;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Notes;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.steps.ScoringDeployment;

/**
 * The endpoint is asked to score, once. The job carries a key made from what is scored with what;
 * after a lost answer, and in a later run, the job is looked up by it before anything is sent.
 */
final class InvokeStep implements Step {
  private static final int SHORT = 8;

  /** The tag of a job that holds the key. */
  static final String KEY = "mlops.key";

  /** Tells a scoring that was asked for by force from all others with its key. */
  private static final String FORCED = "mlops.forced";

  private final Azure azure;
  private final Workspace workspace;
  private final String endpoint;
  private final Optional<String> wantedDeployment;
  private final Optional<Output<String>> promoted;
  private final DatastoreUri outputPath;
  private final boolean ownFolder;
  private final boolean force;
  private final Output<ScoringInput> input;
  private final Output<ScoringDeployment> deployed;
  private final Output<String> job;

  /**
   * @param wantedDeployment the deployment that scores; the endpoint's default if empty
   * @param promoted the deployment that an earlier stage makes the default; empty without one
   * @param outputPath the folder for the results
   * @param ownFolder whether each scoring writes to a folder of its own below that one: a batch
   *     deployment does not write over what is there
   * @param force whether to score again what was scored before
   * @param deployed is given the deployment that scores
   * @param job is given the name of the job
   */
  InvokeStep(
      Azure azure,
      Workspace workspace,
      String endpoint,
      Optional<String> wantedDeployment,
      Optional<Output<String>> promoted,
      DatastoreUri outputPath,
      boolean ownFolder,
      boolean force,
      Output<ScoringInput> input,
      Output<ScoringDeployment> deployed,
      Output<String> job) {
    this.azure = azure;
    this.workspace = workspace;
    this.endpoint = endpoint;
    this.wantedDeployment = wantedDeployment;
    this.promoted = promoted;
    this.outputPath = outputPath;
    this.ownFolder = ownFolder;
    this.force = force;
    this.input = input;
    this.deployed = deployed;
    this.job = job;
  }

  @Override
  public String describe() {
    return "score with " + endpoint;
  }

  @Override
  public Change check() {
    boolean promotes = promoted.filter(p -> p.ifKnown().isEmpty()).isPresent();
    if (promotes || input.ifKnown().isEmpty() || found().isEmpty()) {
      return Change.run("score");
    }
    deployed.set(deployed());
    Optional<JsonNode> before = force ? Optional.empty() : earlier(key()).findFirst();
    if (before.isEmpty()) {
      return Change.run(force ? "--force" : "not scored before");
    }
    job.set(name(before.get()));
    return Change.none("scored before by " + job.get());
  }

  @Override
  public void apply(Notes notes) {
    deployed.set(deployed());
    String key = key();
    String attempt = force ? UUID.randomUUID().toString() : key;
    String uri =
        found().orElseThrow(this::noEndpoint).path("properties").path("scoringUri").asText();
    Map<String, String> headers = Map.of("azureml-model-deployment", deployed.get().name());
    Deadline deadline = Deadline.in(Duration.ofMinutes(5));
    while (true) {
      try {
        JsonNode answer = azure.scoring().post(uri, body(key, attempt), headers);
        job.set(oldest(key, attempt, answer.path("name").asText(), notes));
        return;
      } catch (HttpResponseException | UncheckedIOException e) {
        Optional<JsonNode> arrived = lost(e) ? sent(key, attempt).findFirst() : Optional.empty();
        if (arrived.isPresent()) {
          notes.say("the answer was lost, but the job was made");
          job.set(name(arrived.get()));
          return;
        }
        if (!lost(e) || deadline.isOver()) {
          throw e;
        }
        notes.say("no answer; nothing was made, so it is sent again");
        deadline.pause(azure.connection().pollInterval().multipliedBy(10));
      }
    }
  }

  /**
   * Who invokes at the same moment as somebody else finds as little before: of two jobs of one
   * attempt the older one scores, and whoever made the other takes it back.
   */
  private String oldest(String key, String attempt, String made, Notes notes) {
    String oldest =
        sent(key, attempt)
            .min(comparing(InvokeStep::made).thenComparing(InvokeStep::name))
            .map(InvokeStep::name)
            .orElse(made);
    if (!oldest.equals(made)) {
      notes.say("another mlops asked for the same just before: job %s scores".formatted(oldest));
      workspace.cancel(made);
    }
    return oldest;
  }

  private static Instant made(JsonNode job) {
    String time = job.path("systemData").path("createdAt").asText();
    return time.isEmpty() ? Instant.MAX : OffsetDateTime.parse(time).toInstant();
  }

  private static String name(JsonNode job) {
    return job.path("name").asText();
  }

  /** Whether the request may or may not have arrived, or is to be sent later. */
  private static boolean lost(RuntimeException e) {
    if (!(e instanceof HttpResponseException http) || http.getResponse() == null) {
      return true;
    }
    int status = http.getResponse().getStatusCode();
    return status == 408 || status == 429 || (status >= 500 && status != 501);
  }

  private Optional<ObjectNode> found() {
    return workspace.find().isEmpty()
        ? Optional.empty()
        : workspace.find("batchEndpoints/" + endpoint);
  }

  private MlopsException noEndpoint() {
    return MlopsException.failed(
        "EndpointNotFound",
        "workspace %s has no batch endpoint %s".formatted(workspace.name(), endpoint),
        "Promote a model there first: mlops promote --to test, or --to prod");
  }

  private MlopsException noDeployment(String name) {
    return MlopsException.failed(
        "DeploymentNotFound",
        "batch endpoint %s has no deployment %s".formatted(endpoint, name),
        "mlops status shows those it has; without --deployment the default one scores.");
  }

  private ScoringDeployment deployed() {
    ObjectNode target = found().orElseThrow(this::noEndpoint);
    String standard = target.path("properties").path("defaults").path("deploymentName").asText("");
    String name = wantedDeployment.or(() -> promoted.map(Output::get)).orElse(standard);
    if (name.isEmpty()) {
      throw MlopsException.failed(
          "NoDefaultDeployment",
          "batch endpoint %s has no default deployment".formatted(endpoint),
          "Promote a model there (mlops promote), or name one with --deployment.");
    }
    return workspace
        .find("batchEndpoints/%s/deployments/%s".formatted(endpoint, name))
        .map(found -> new ScoringDeployment(name, found.path("properties")))
        .orElseThrow(() -> noDeployment(name));
  }

  /** The jobs with this key that run or that completed. */
  private Stream<JsonNode> earlier(String key) {
    return workspace.jobsOf("batchEndpoints/" + endpoint).stream()
        .filter(j -> j.path("properties").path("tags").path(KEY).asText().equals(key))
        .filter(
            j ->
                switch (j.path("properties").path("status").asText()) {
                  case "Failed", "Canceled", "CancelRequested", "NotResponding" -> false;
                  default -> true;
                });
  }

  /** The same of one attempt: by force each is one of its own. */
  private Stream<JsonNode> sent(String key, String attempt) {
    return earlier(key)
        .filter(
            j -> {
              JsonNode tags = j.path("properties").path("tags");
              return tags.path(FORCED).asText(tags.path(KEY).asText()).equals(attempt);
            });
  }

  /** What is scored (its content, where it can be seen), with which model, to where. */
  private String key() {
    String text =
        String.join(
            "\n", deployed.get().content(), input.get().uri(), content(), outputPath.toString());
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private DatastoreUri folder(String attempt) {
    return ownFolder ? outputPath.resolve(attempt.substring(0, SHORT)) : outputPath;
  }

  private String content() {
    return DatastoreUri.parse(input.get().uri())
        .map(place -> new DatastoreFiles(workspace).fingerprint(place))
        .orElse("");
  }

  private ObjectNode body(String key, String attempt) {
    String type = input.get().isFolder() ? "UriFolder" : "UriFile";
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode properties = body.putObject("properties");
    properties
        .putObject("inputData")
        .putObject(type)
        .put("uri", input.get().uri())
        .put("jobInputType", type);
    properties
        .putObject("outputDataset")
        .put("datastoreId", workspace.id() + "/datastores/" + outputPath.datastore())
        .put("path", folder(attempt).path());
    ObjectNode tags = properties.putObject("tags").put(KEY, key);
    if (force) {
      tags.put(FORCED, attempt);
    }
    return body;
  }
}
