package mlops.features;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mlops.error.MlopsException;
import mlops.features.online.FeatureLookup.Asked;
import mlops.features.online.OnlineTable;
import mlops.features.spec.DataColumn;
import mlops.features.spec.FeatureDefinitions;
import mlops.features.spec.FeatureSet;
import mlops.yaml.SpellingSuggestion;

/** The features that a user looks up, by the definitions of a folder. */
public final class LookupSelection {

  /**
   * The features of each set, sets in the order in which they are first named.
   *
   * @param words each {@code set:version:feature}, or {@code set:version} for all of them; none for
   *     all sets
   * @param store the id of the feature store's workspace
   * @throws MlopsException INVALID for what is not defined
   */
  public static List<Asked> of(FeatureDefinitions definitions, List<String> words, String store) {
    Map<FeatureSet, Set<DataColumn>> chosen = new LinkedHashMap<>();
    List<String> all = definitions.sets().stream().map(FeatureSet::id).toList();
    for (String word : words.isEmpty() ? all : words) {
      String[] parts = word.split(":", 3);
      if (parts.length < 2) {
        throw MlopsException.invalid(
            "%s is no feature set".formatted(word),
            "Write it like zone_hourly:1, or zone_hourly:1:trips_24h.");
      }
      FeatureSet set = set(definitions, parts[0], parts[1]);
      Set<DataColumn> features = chosen.computeIfAbsent(set, s -> new LinkedHashSet<>());
      features.addAll(parts.length == 2 ? set.spec().features() : List.of(feature(set, parts[2])));
    }
    List<Asked> asked = new ArrayList<>();
    chosen.forEach(
        (set, features) ->
            asked.add(
                new Asked(
                    OnlineTable.of(store, set.name(), set.version(), set.spec()),
                    List.copyOf(features))));
    return asked;
  }

  private static FeatureSet set(FeatureDefinitions definitions, String name, String version) {
    String id = name + ":" + version;
    List<String> ids = definitions.sets().stream().map(FeatureSet::id).sorted().toList();
    return definitions
        .set(name, version)
        .orElseThrow(
            () ->
                MlopsException.invalid(
                    "No feature set %s is defined in %s".formatted(id, definitions.folder()),
                    SpellingSuggestion.wayOut(
                        id, ids, "There are: %s.".formatted(String.join(", ", ids)))));
  }

  private static DataColumn feature(FeatureSet set, String name) {
    List<String> names = set.spec().features().stream().map(DataColumn::name).toList();
    return set.spec()
        .feature(name)
        .orElseThrow(
            () ->
                MlopsException.invalid(
                    "%s has no feature %s".formatted(set.id(), name),
                    SpellingSuggestion.wayOut(
                        name, names, "It has: %s.".formatted(String.join(", ", names)))));
  }

  private LookupSelection() {}
}
