package mlops.steps.train;

import java.util.List;
import mlops.assets.FieldOverrides;
import mlops.assets.JobFile;
import mlops.azure.CuratedCatalog;
import mlops.error.MlopsException;
import mlops.profile.Profile;
import mlops.yaml.SpellingSuggestion;

/**
 * What is asked of a job file before anything is sent. Each throws INVALID where it does not hold.
 */
final class TrainingChecks {

  /**
   * Asks that the job uses each input that was given: one misspelt would train as if it had not
   * been.
   */
  static void requireUse(JobFile file, FieldOverrides given) {
    for (String input : given.below("inputs")) {
      if (!file.uses(input)) {
        List<String> used =
            file.outline().inputs().keySet().stream().filter(file::uses).sorted().toList();
        throw MlopsException.invalid(
            "--set inputs.%s: nothing in %s uses this input".formatted(input, file.path()),
            SpellingSuggestion.nearest(input, used)
                .map("Did you mean inputs.%s?"::formatted)
                .orElse(
                    used.isEmpty()
                        ? "Its jobs take no inputs of the pipeline."
                        : "It uses " + String.join(", ", used) + "."));
      }
    }
  }

  /** Asks that this Azure has the environments of Microsoft that the job names. */
  static void requireEnvironments(JobFile file, CuratedCatalog curated) {
    List<String> refused =
        file.curatedEnvironments().stream().flatMap(e -> curated.refusal(e).stream()).toList();
    if (!refused.isEmpty()) {
      throw MlopsException.invalid(
          "%s: %s".formatted(file.path(), String.join("\n  ", refused)),
          "Name others in the file; nothing was sent.");
    }
  }

  /**
   * Asks that the pipeline can measure the champion where the gate is about it: only a job that
   * sees both models compares them on the same rows.
   */
  static void requireChampion(JobFile file, Profile.Gate gate) {
    if (gate.championNotWorse() && !file.takesChampion()) {
      throw MlopsException.invalid(
          "gate.champion of the profile is not-worse, but no job in %s takes a champion"
              .formatted(file.path()),
          "Give the component that judges an optional input champion of type custom_model, or write"
              + " champion: none in the profile.");
    }
  }

  private TrainingChecks() {}
}
