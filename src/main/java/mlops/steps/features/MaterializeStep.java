package mlops.steps.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import mlops.azure.Azure;
import mlops.azure.ml.RunClient;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.features.materialize.TimeWindow;
import mlops.features.spec.FeatureSet;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.FollowJobStep;
import mlops.steps.features.MaterializeFeatures.Asked;

/**
 * A window of a feature set is materialised: what is missing of it by jobs of the store, which are
 * followed until they end.
 */
final class MaterializeStep implements Step {
  private static final int MOST = 2000;
  private static final long LOG = 4096;

  private final Azure azure;
  private final Workspace store;
  private final FeatureSet set;
  private final Asked asked;

  MaterializeStep(Azure azure, Workspace store, FeatureSet set, Asked asked) {
    this.azure = azure;
    this.store = store;
    this.set = set;
    this.asked = asked;
  }

  @Override
  public String describe() {
    return "feature set " + set.id();
  }

  private String path() {
    return "featuresets/%s/versions/%s".formatted(set.name(), set.version());
  }

  @Override
  public Change check() {
    if (store.find().isEmpty() || store.find(path()).isEmpty()) {
      throw MlopsException.failed(
          "FeatureSetNotFound",
          "feature set %s is not in feature store %s".formatted(set.id(), store.name()),
          "Create it first: mlops features apply");
    }
    MaterializedWindows known = MaterializedWindows.of(store, set);
    TimeWindow window = window(known);
    String words = "%s to %s".formatted(window.start(), window.end());
    return window.isEmpty() || (!asked.again() && known.isComplete(window))
        ? Change.none("materialized until " + known.completeUntil().orElse(window.end()))
        : Change.run(words);
  }

  /** Without a start it goes on where it ended; nothing is younger than what can be had. */
  private TimeWindow window(MaterializedWindows known) {
    Instant now = asked.follow().clock().instant();
    Instant last = now.minus(set.spec().source().delay()).truncatedTo(ChronoUnit.SECONDS);
    Instant end = asked.to().filter(t -> t.isBefore(last)).orElse(last);
    asked.from().filter(f -> !f.isBefore(last)).ifPresent(from -> refuseYoung(from, last));
    Instant start =
        asked
            .from()
            .or(known::completeUntil)
            .orElseThrow(
                () ->
                    MlopsException.invalid(
                        "nothing of %s is materialized yet, so there is no start"
                            .formatted(set.id()),
                        "Name it by the first rows of its source, such as --from 2015-01-01"));
    return asked.from().isPresent() && asked.to().isPresent()
        ? TimeWindow.of(start, end)
        : new TimeWindow(start, end);
  }

  private void refuseYoung(Instant from, Instant last) {
    throw MlopsException.invalid(
        "--from is %s, and rows of %s can be had until %s only (now, less the delay of its source)"
            .formatted(from, set.id(), last),
        "Give an earlier start, or none to go on where it ended.");
  }

  @Override
  public void apply(StepMessages messages) {
    MaterializedWindows known = MaterializedWindows.of(store, set);
    TimeWindow window = window(known);
    Set<String> jobs = new LinkedHashSet<>();
    known.running(window).forEach(job -> jobs.add(job.name()));
    JsonNode answer =
        azure
            .arm()
            .post(store.id() + "/" + path() + "/backfill", Workspace.API_VERSION, body(window));
    answer.path("jobIds").forEach(id -> jobs.add(id.asText()));
    if (jobs.isEmpty()) { // Azure may answer before it has made them
      MaterializedWindows.of(store, set).running(window).forEach(job -> jobs.add(job.name()));
    }
    for (String job : jobs.stream().limit(MOST).toList()) {
      follow(job, messages);
      said(job).forEach(messages::say);
    }
  }

  private void follow(String job, StepMessages messages) {
    Output<String> name = new Output<>("job");
    name.set(job);
    try {
      new FollowJobStep(azure, store, name, failed -> false, asked.follow())
          .apply(new WindowMessages(messages));
    } catch (MlopsException e) {
      if (!e.code().startsWith("Job")) {
        throw e;
      }
      String wayOut =
          "Mend that, and run it again: what is complete stays as it is. The whole log: mlops logs "
              + job;
      throw MlopsException.failed(e.code(), e.message(), wayOut, e);
    }
  }

  /** What the job says of what it did; Azure's own says much, of which the end is no news. */
  private List<String> said(String job) {
    RunClient runs = new RunClient(azure, store);
    return runs
        .details(job)
        .userLog()
        .map(address -> new String(runs.logEnd(address, LOG), StandardCharsets.UTF_8))
        .stream()
        .flatMap(String::lines)
        .filter(line -> line.contains(" rows offline ") || line.startsWith("note: "))
        .toList();
  }

  private ObjectNode body(TimeWindow window) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("featureWindow")
        .put("featureWindowStart", window.start().toString())
        .put("featureWindowEnd", window.end().toString());
    ArrayNode statuses = body.putArray("dataAvailabilityStatus").add("None").add("Incomplete");
    if (asked.again()) {
      statuses.add("Complete");
    }
    return body;
  }
}
