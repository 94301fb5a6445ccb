package mlops.steps.features;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.error.MlopsException;
import mlops.features.spec.FeatureDefinitions;
import mlops.features.spec.FeatureSet;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.FollowJobStep;
import mlops.yaml.SpellingSuggestion;

/** The recipe of {@code mlops features materialize}: values computed ahead, and kept. */
public final class MaterializeFeatures {

  /**
   * What is asked for.
   *
   * @param sets such as {@code zone_hourly:1}; none for all that are kept in a store
   * @param from empty to go on where it ended
   * @param to empty for now
   * @param again whether what is complete is materialised again
   * @param follow how its jobs are followed
   */
  public record Asked(
      List<String> sets,
      Optional<Instant> from,
      Optional<Instant> to,
      boolean again,
      FollowJobStep.Options follow) {}

  /**
   * One step for each set.
   *
   * @throws MlopsException INVALID for a set that is not defined, or that no store keeps
   */
  public static Recipe recipe(
      Azure azure, Profile profile, FeatureDefinitions definitions, Asked asked) {
    StorePlace place = StorePlace.of(azure, profile, definitions);
    Recipe.Builder recipe = Recipe.named("features materialize");
    for (FeatureSet set : sets(definitions, asked.sets())) {
      recipe.step(id(set), new MaterializeStep(azure, place.workspace(), set, asked));
    }
    return recipe.build();
  }

  /** Steps that only look whether there is something of each set that is kept in a store. */
  public static void addLooks(
      Recipe.Builder recipe, Azure azure, Profile profile, FeatureDefinitions definitions) {
    StorePlace place = StorePlace.of(azure, profile, definitions);
    definitions.sets().stream()
        .filter(MaterializeFeatures::isKept)
        .forEach(set -> recipe.step(id(set), new MaterializedStep(place.workspace(), set)));
  }

  private static String id(FeatureSet set) {
    return "materialize." + set.id().replace(':', '.');
  }

  private static List<FeatureSet> sets(FeatureDefinitions found, List<String> named) {
    List<String> ids = found.sets().stream().map(FeatureSet::id).sorted().toList();
    for (String id : named) {
      if (!ids.contains(id)) {
        throw MlopsException.invalid(
            "No feature set %s is defined in %s".formatted(id, found.folder()),
            SpellingSuggestion.wayOut(id, ids, "There are: %s.".formatted(String.join(", ", ids))));
      }
    }
    List<FeatureSet> sets =
        found.sets().stream()
            .filter(s -> named.isEmpty() ? isKept(s) : named.contains(s.id()))
            .toList();
    for (FeatureSet set : sets) {
      if (!isKept(set)) {
        throw notKept(set.id(), set.file().toString());
      }
    }
    if (sets.isEmpty()) {
      throw notKept("no feature set", found.folder().toString());
    }
    return sets;
  }

  private static boolean isKept(FeatureSet set) {
    return set.offline() || set.online();
  }

  private static MlopsException notKept(String what, String where) {
    return MlopsException.invalid(
        "%s of %s is to be kept in a store".formatted(what, where),
        "Set materialization_settings.offline_enabled or online_enabled in its file, then mlops features apply.");
  }

  private MaterializeFeatures() {}
}
