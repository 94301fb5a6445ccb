package mlops.steps.promote;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.RollbackTag;
import mlops.steps.delivery.CandidateModel;

/**
 * Nobody rolled this model back, where it goes and where it was before. Else a promotion would undo
 * in silence what somebody decided.
 */
final class RequireNotRolledBackStep implements Step {
  private final List<ServedModel> places;
  private final boolean force;
  private final Output<CandidateModel> candidate;

  /**
   * @param force whether a model that was rolled back may serve again
   */
  RequireNotRolledBackStep(
      List<ServedModel> places, boolean force, Output<CandidateModel> candidate) {
    this.places = places;
    this.force = force;
    this.candidate = candidate;
  }

  @Override
  public String describe() {
    return "not rolled back";
  }

  @Override
  public Change check() {
    if (candidate.ifKnown().isEmpty()) {
      return Change.run("look whether somebody rolled it back");
    }
    for (ServedModel place : places) {
      Optional<RollbackTag> found = rolledBack(place);
      if (found.isPresent() && !force) {
        throw refused(place, found.get());
      }
      if (found.isPresent()) {
        return Change.none(
            "rolled back in %s %s; --force lets it serve again"
                .formatted(place.environment(), found.get().words()));
      }
    }
    return Change.none("nobody rolled it back");
  }

  private Optional<RollbackTag> rolledBack(ServedModel place) {
    List<RollbackTag> all = place.findEndpoint().map(RollbackTag::of).orElseGet(List::of);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Set<String> versions =
        place.versionsOf(candidate.get()).stream()
            .map(version -> version.path("name").asText())
            .collect(Collectors.toSet());
    return all.stream().filter(one -> versions.contains(one.modelVersion())).findFirst();
  }

  private MlopsException refused(ServedModel place, RollbackTag found) {
    return MlopsException.refused(
        "RolledBack",
        "version %s of the model in %s, which is version %s in %s, was rolled back there %s"
            .formatted(
                candidate.get().version(),
                candidate.get().trained(),
                found.modelVersion(),
                place.environment(),
                found.words()),
        "Train and promote a newer version, name another one with --model-version, or let this one"
            + " serve again on purpose: --force");
  }

  @Override
  public void apply(StepMessages messages) {
    messages.say(check().reason());
  }
}
