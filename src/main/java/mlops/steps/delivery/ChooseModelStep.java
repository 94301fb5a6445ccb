package mlops.steps.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.Lineage;

/** The model version that is promoted: the one asked for, or the newest that passed its gate. */
public final class ChooseModelStep implements Step {
  private final ModelSource model;
  private final Optional<String> version;
  private final BooleanSupplier settled;
  private final Output<CandidateModel> candidate;

  /**
   * @param version the version asked for
   * @param settled whether the steps above have done what this looks at: in a plan that may be yet
   *     to come
   * @param candidate is given what was chosen
   */
  public ChooseModelStep(
      ModelSource model,
      Optional<String> version,
      BooleanSupplier settled,
      Output<CandidateModel> candidate) {
    this.model = model;
    this.version = version;
    this.settled = settled;
    this.candidate = candidate;
  }

  @Override
  public String describe() {
    return "model %s in %s".formatted(model.name(), model.place());
  }

  @Override
  public Change check() {
    return settled.getAsBoolean() ? choose() : Change.run("choose the newest that passed its gate");
  }

  private Change choose() {
    if (!model.exists()) {
      throw MlopsException.failed(
          "WorkspaceNotFound",
          "workspace %s does not exist, so there is no model to promote"
              .formatted(model.azureName()),
          "Create it first: mlops bootstrap, then mlops train");
    }
    List<ObjectNode> all = version.isPresent() ? List.of() : model.versions();
    ObjectNode chosen = version.map(this::byVersion).orElseGet(() -> newest(all));
    CandidateModel found = CandidateModel.of(model.place(), chosen);
    if (found.lineage().manifest().isEmpty()) {
      throw MlopsException.refused(
          "NoManifest",
          "version %s of %s has no lineage, so it cannot be proven what arrives"
              .formatted(found.version(), model.name()),
          "Run mlops train again: it writes the lineage tags.");
    }
    candidate.set(found);
    return Change.none("version " + found.version() + passedOver(all, found.version()));
  }

  /** Newer versions that may be better, for all that is known: a training was interrupted. */
  private static String passedOver(List<ObjectNode> all, String chosen) {
    List<String> newer =
        all.stream()
            .takeWhile(v -> !v.path("name").asText().equals(chosen))
            .filter(ChooseModelStep::isUnjudged)
            .map(v -> v.path("name").asText())
            .toList();
    return newer.isEmpty() ? "" : "; not judged yet: " + String.join(", ", newer);
  }

  /** Whether it was registered, but no mlops has noted the verdict. */
  private static boolean isUnjudged(ObjectNode version) {
    return Lineage.of(version).gate().isEmpty();
  }

  private ObjectNode byVersion(String wanted) {
    ObjectNode found = model.version(wanted).orElseThrow(() -> unknown(wanted));
    if (isUnjudged(found)) {
      throw MlopsException.refused(
          "NotJudged",
          "nobody has noted whether version %s of %s passed its gate"
              .formatted(wanted, model.name()),
          "Repeat the mlops train that made this version: it records the verdict. Or promote another version.");
    }
    if (!hasPassed(found)) {
      throw MlopsException.refused(
          "GateNotPassed",
          "version %s of %s did not pass its gate".formatted(wanted, model.name()),
          "Promote a version that did; mlops status lists them.");
    }
    return found;
  }

  private static boolean hasPassed(ObjectNode version) {
    return Lineage.of(version).gate().equals("passed");
  }

  private ObjectNode newest(List<ObjectNode> all) {
    return all.stream()
        .filter(ChooseModelStep::hasPassed)
        .findFirst()
        .orElseThrow(() -> missing("no version of it passed the gate"));
  }

  private MlopsException unknown(String wanted) {
    return MlopsException.failed(
        "ModelNotFound",
        "%s has no version %s".formatted(where(), wanted),
        "mlops status lists its versions; without --model-version the newest that passed is taken.");
  }

  private String where() {
    return "%s (%s)".formatted(describe(), model.azureName());
  }

  private MlopsException missing(String why) {
    return MlopsException.failed(
        "ModelNotFound",
        "%s cannot be promoted: %s".formatted(where(), why),
        "Train one first: mlops train");
  }

  @Override
  public void apply(StepMessages messages) {
    messages.say(choose().reason());
  }
}
