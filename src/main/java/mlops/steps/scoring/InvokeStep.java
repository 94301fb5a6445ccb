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
import mlops.azure.RetryAfter;
import mlops.azure.SingleCreation;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.time.Deadline;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * The endpoint is asked to score, once. The job carries a key made from what is scored with what;
 * after a lost answer, and in a later run, the job is looked up by it before anything is sent.
 */
final class InvokeStep implements Step {
  /** A host that is dead is told in seconds. */
  private static final int MOST = 5;

  /** The tag of a job that holds the key. */
  static final String KEY = "mlops.key";

  /** The tag by which a scoring that is not the first with its key differs from the others. */
  private static final String ATTEMPT = "mlops.attempt";

  private final Azure azure;
  private final ScoringEndpoint endpoint;
  private final ResultFolder results;
  private final boolean force;
  private final ScoringJob job;

  /**
   * @param force whether to score again what was scored before
   * @param job knows the input, and is given the deployment that scores and the name of the job
   */
  InvokeStep(
      Azure azure, ScoringEndpoint endpoint, ResultFolder results, boolean force, ScoringJob job) {
    this.azure = azure;
    this.endpoint = endpoint;
    this.results = results;
    this.force = force;
    this.job = job;
  }

  @Override
  public String describe() {
    return "score with " + endpoint.name();
  }

  @Override
  public Change check() {
    if (endpoint.isYetPromoted() || job.input().ifKnown().isEmpty() || endpoint.find().isEmpty()) {
      return Change.run("score");
    }
    job.deployment().set(endpoint.deployment());
    Optional<JsonNode> before = force ? Optional.empty() : earlier(key()).findFirst();
    if (before.isEmpty()) {
      requireFeatures();
      return Change.run(force ? "--force" : "not scored before");
    }
    job.name().set(name(before.get()));
    return Change.none("scored before by " + job.name().get());
  }

  @Override
  public void apply(StepMessages messages) {
    job.deployment().set(endpoint.deployment());
    requireFeatures();
    String key = key();
    String attempt = force ? UUID.randomUUID().toString() : attempt(key);
    String uri = endpoint.scoringUri();
    Map<String, String> headers = Map.of("azureml-model-deployment", job.deployment().get().name());
    for (int tries = 1; ; tries++) {
      try {
        JsonNode answer = azure.scoring().post(uri, body(key, attempt), headers);
        job.name().set(oldest(key, attempt, answer.path("name").asText(), messages));
        return;
      } catch (HttpResponseException | UncheckedIOException e) {
        Optional<JsonNode> arrived =
            SingleCreation.isLost(e) ? sent(key, attempt).findFirst() : Optional.empty();
        if (arrived.isPresent()) {
          messages.say("the answer was lost, but the job was made");
          job.name().set(name(arrived.get()));
          return;
        }
        if (!SingleCreation.isLost(e) || tries == MOST) {
          throw e;
        }
        messages.say("no answer; nothing was made, so it is sent again");
        Deadline.wait(pause(e), azure.connection().time());
      }
    }
  }

  /** A model that was trained with features scores nothing without them. */
  private void requireFeatures() {
    if (!job.retrieves()) {
      new BehindDeployment(azure, endpoint.workspace(), job.deployment().get())
          .requirePlain(endpoint.target().name());
    }
  }

  /**
   * Who invokes at the same moment as somebody else finds as little before: of two jobs of one
   * attempt the older one scores, and whoever made the other takes it back.
   */
  private String oldest(String key, String attempt, String made, StepMessages messages) {
    String oldest =
        sent(key, attempt)
            .min(comparing(InvokeStep::made).thenComparing(InvokeStep::name))
            .map(InvokeStep::name)
            .orElse(made);
    if (!oldest.equals(made)) {
      messages.say("another mlops asked for the same just before: job %s scores".formatted(oldest));
      endpoint.workspace().cancel(made);
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

  /** As long as between two looks, and never less than the service asks for. */
  private Duration pause(RuntimeException e) {
    Duration own = azure.connection().pollInterval();
    return e instanceof HttpResponseException http
        ? RetryAfter.in(http.getResponse()).filter(asked -> asked.compareTo(own) > 0).orElse(own)
        : own;
  }

  /** The jobs with this key that run or that completed. */
  private Stream<JsonNode> earlier(String key) {
    return withKey(key).filter(job -> !isInVain(job));
  }

  private Stream<JsonNode> withKey(String key) {
    return endpoint.jobs().stream()
        .filter(j -> j.path("properties").path("tags").path(KEY).asText().equals(key));
  }

  private static boolean isInVain(JsonNode job) {
    return switch (job.path("properties").path("status").asText()) {
      case "Failed", "Canceled", "CancelRequested", "NotResponding" -> true;
      default -> false;
    };
  }

  /**
   * The key, and another one after each job that ended in vain: it may have written its results,
   * and a batch deployment does not write over them. Who asks at the same moment gets the same.
   */
  private String attempt(String key) {
    long inVain = withKey(key).filter(InvokeStep::isInVain).count();
    return inVain == 0
        ? key
        : UUID.nameUUIDFromBytes((key + inVain).getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** The same of one attempt. */
  private Stream<JsonNode> sent(String key, String attempt) {
    return earlier(key)
        .filter(
            j -> {
              JsonNode tags = j.path("properties").path("tags");
              return tags.path(ATTEMPT).asText(tags.path(KEY).asText()).equals(attempt);
            });
  }

  /** What is scored (its content, where it can be seen), with which model, to where. */
  private String key() {
    String text =
        String.join(
            "\n",
            job.deployment().get().content(),
            job.input().get().uri(),
            content(),
            results.place().toString());
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private String content() {
    return DatastoreUri.parse(job.input().get().uri())
        .map(place -> new DatastoreFiles(endpoint.workspace()).fingerprint(place))
        .orElse("");
  }

  private ObjectNode body(String key, String attempt) {
    String type = job.input().get().isFolder() ? "UriFolder" : "UriFile";
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode properties = body.putObject("properties");
    properties
        .putObject("inputData")
        .putObject(type)
        .put("uri", job.input().get().uri())
        .put("jobInputType", type);
    properties
        .putObject("outputDataset")
        .put(
            "datastoreId", endpoint.workspace().id() + "/datastores/" + results.place().datastore())
        .put("path", results.of(attempt).path());
    ObjectNode tags = properties.putObject("tags").put(KEY, key);
    if (!attempt.equals(key)) {
      tags.put(ATTEMPT, attempt);
    }
    return body;
  }
}
