package mlops.steps.share;

import com.azure.core.exception.AzureException;
import com.azure.core.exception.HttpResponseException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import mlops.azure.ml.Registry;
import mlops.azure.time.Deadline;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.Lineage;
import mlops.steps.Manifest;
import mlops.steps.delivery.TrainedModel;

/**
 * The registry holds the model: its own service copies the bytes, none passes this machine. What is
 * there already counts when it comes from the same version and has the same manifest.
 */
final class ShareModelStep implements Step {
  /** So long a version may take to show where the answer to its import was lost. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final SharedVersion model;
  private final TrainedModel trained;
  private final BooleanSupplier settled;
  private final Output<String> version;

  /**
   * @param settled whether the registry can be asked: in a plan it may be yet to come
   * @param version is given its version in the registry
   */
  ShareModelStep(
      SharedVersion model, TrainedModel trained, BooleanSupplier settled, Output<String> version) {
    this.model = model;
    this.trained = trained;
    this.settled = settled;
    this.version = version;
  }

  @Override
  public String describe() {
    return "model %s in %s".formatted(model.model().name(), model.model().place());
  }

  /** Whether the registry holds it. */
  boolean isThere() {
    return version.ifKnown().isPresent() || (settled.getAsBoolean() && !check().isNeeded());
  }

  @Override
  public Change check() {
    if (model.candidate().ifKnown().isEmpty() || !settled.getAsBoolean()) {
      return Change.create("not shared");
    }
    Optional<ObjectNode> there = model.find();
    if (there.isEmpty()) {
      return Change.create("version %s is not shared".formatted(model.number()));
    }
    requireSame(there.get());
    version.set(model.number());
    return Change.none("version " + model.number());
  }

  /** How the service calls where it comes from. */
  private String originId() {
    return trained.originId(model.candidate().get().version());
  }

  /** A version never changes: one of another origin or content is somebody else's. */
  private void requireSame(ObjectNode there) {
    Manifest wanted = model.manifest();
    Manifest held = Lineage.of(there).manifest();
    String origin = Registry.origin(there);
    if (!origin.equals(originId())) {
      String from = origin.isEmpty() ? "no workspace" : origin;
      throw refused("comes from %s, not from %s".formatted(from, originId()));
    }
    if (!held.isEmpty() && !held.equals(wanted)) {
      throw refused(
          "has other content: %s (manifest %s there, %s in %s)"
              .formatted(
                  String.join(", ", wanted.differences(held)),
                  held.hash(),
                  wanted.hash(),
                  trained.place()));
    }
  }

  private MlopsException refused(String why) {
    return MlopsException.refused(
        "VersionExists",
        "%s %s".formatted(model.words(), why),
        "A version never changes. Share it as another: --registry-version " + nextFree());
  }

  /** The number after the highest that is taken. */
  private String nextFree() {
    List<ObjectNode> all = model.model().versions();
    long highest =
        all.stream()
            .map(v -> v.path("name").asText())
            .filter(v -> v.matches("\\d{1,9}"))
            .mapToLong(Long::parseLong)
            .max()
            .orElse(0);
    return Long.toString(highest + 1);
  }

  @Override
  public void apply(StepMessages messages) {
    try {
      model.registry().share(originId(), model.model().name(), model.number());
    } catch (AzureException | UncheckedIOException e) {
      settle(e, messages);
    }
    requireSame(required());
    version.set(model.number());
    messages.say(model.id());
  }

  /** The answer was lost, or another was first: what the registry holds decides. */
  private void settle(RuntimeException lost, StepMessages messages) {
    Deadline deadline = Deadline.in(isAnswer(lost) ? Duration.ZERO : PATIENCE);
    while (model.find().isEmpty()) {
      if (deadline.isOver()) {
        throw lost;
      }
      messages.say("the answer was lost: looking whether it is shared");
      deadline.pause(PAUSE);
    }
  }

  /** Whether Azure said itself that it did not do it. */
  private static boolean isAnswer(RuntimeException e) {
    return e instanceof HttpResponseException response
        && response.getResponse() != null
        && response.getResponse().getStatusCode() < 500;
  }

  private ObjectNode required() {
    return model
        .find()
        .orElseThrow(
            () ->
                MlopsException.failed(
                    "NotShared",
                    "the import has ended, but there is no " + model.words(),
                    "Run it again: it looks first."));
  }
}
