package mlops.steps.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * The model passed its gate. One that did not is refused; where the pipeline registered it itself,
 * that version is archived, so that nobody takes it for a good one.
 */
final class VerdictStep implements Step {
  private final Workspace workspace;
  private final RegisteredVersions registered;
  private final GateRules rules;
  private final Output<String> job;
  private final Output<GateVerdict> verdict;

  VerdictStep(
      Workspace workspace,
      RegisteredVersions registered,
      GateRules rules,
      Output<String> job,
      Output<GateVerdict> verdict) {
    this.workspace = workspace;
    this.registered = registered;
    this.rules = rules;
    this.job = job;
    this.verdict = verdict;
  }

  @Override
  public String describe() {
    return "verdict of the gate";
  }

  @Override
  public Change check() {
    if (verdict.ifKnown().isEmpty()) {
      return Change.run("judge the model");
    }
    Optional<String> refusal = refusal();
    if (refusal.isEmpty()) {
      return Change.none(verdict.get().sentence());
    }
    Optional<ObjectNode> version = registered.by(job.get());
    if (version.filter(v -> !isArchived(v)).isPresent()) {
      return Change.run("refused; archive version %s".formatted(name(version.get())));
    }
    throw refused(refusal.get(), version);
  }

  @Override
  public void apply(StepMessages messages) {
    Optional<String> refusal = refusal();
    Optional<ObjectNode> version = registered.by(job.get());
    version.filter(v -> !isArchived(v)).ifPresent(this::archive);
    throw refused(refusal.orElseThrow(), version);
  }

  /** Why the model is refused, if it is. */
  private Optional<String> refusal() {
    GateVerdict found = verdict.get();
    if (found.mistake().isPresent()) {
      return Optional.of(
          "%s of job %s cannot be read: %s"
              .formatted(GateVerdict.FILE, job.get(), found.mistake().get()));
    }
    return found.yes()
        ? rules
            .broken(found, championGiven())
            .map(
                why ->
                    found.byJob()
                        ? "the job says yes, but %s (the job: %s)".formatted(why, found.sentence())
                        : why)
        : Optional.of(found.sentence());
  }

  private boolean championGiven() {
    return workspace.get("jobs/" + job.get()).at("/properties/inputs").has("champion");
  }

  private void archive(ObjectNode version) {
    ObjectNode body = version.deepCopy();
    body.retain("properties");
    ObjectNode properties = body.withObject("/properties").put("isArchived", true);
    properties.withObject("/tags").put("gate", "refused").put("job", job.get());
    workspace.put("models/%s/versions/%s".formatted(registered.model(), name(version)), body);
  }

  private MlopsException refused(String sentence, Optional<ObjectNode> version) {
    String done =
        version
            .map(
                v ->
                    "Version %s of %s, which the pipeline had registered, is archived. "
                        .formatted(name(v), registered.model()))
            .orElse("Nothing was registered. ");
    return verdict.get().mistake().isPresent()
        ? MlopsException.refused(
            "DeployFlagInvalid", sentence, done + "The gate reads: " + GateVerdict.FORM)
        : MlopsException.refused(
            "GateRefused",
            sentence,
            done
                + "Change the data, the code or the parameters, or the limits under gate: in the profile.");
  }

  private static boolean isArchived(ObjectNode version) {
    return version.at("/properties/isArchived").asBoolean();
  }

  private static String name(ObjectNode version) {
    return version.path("name").asText();
  }
}
