package mlops.features;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mlops.error.MlopsException;
import mlops.features.join.JoinRequest.RequestedFeature;
import mlops.features.spec.DataColumn;
import mlops.features.spec.FeatureDefinitions;
import mlops.features.spec.FeatureSet;
import mlops.features.spec.SourceType;
import mlops.features.table.SourceTable;
import mlops.features.table.TableFile;
import mlops.yaml.SpellingSuggestion;

/** The features that a user asks for, by the definitions of a folder. */
public final class FeatureSelection {
  private static final String FORM = "Write it like zone_hourly:1:trips_24h, or zone_hourly:1.";

  private final FeatureDefinitions definitions;
  private final Map<String, Path> files;
  private final Map<String, SourceTable> sources = new HashMap<>();

  private FeatureSelection(FeatureDefinitions definitions, Map<String, Path> files) {
    this.definitions = definitions;
    this.files = Map.copyOf(files);
  }

  /**
   * The features in the order asked.
   *
   * @param words each {@code set:version:feature}, or {@code set:version} for all of them; a name
   *     alone is of the set before it
   * @param files where the rows of sets are, in place of what their specs say, by {@code
   *     set:version}
   * @throws MlopsException INVALID for what is not defined, and for sources that are not here
   */
  public static List<RequestedFeature> of(
      FeatureDefinitions definitions, List<String> words, Map<String, Path> files) {
    FeatureSelection selection = new FeatureSelection(definitions, files);
    for (String id : files.keySet()) {
      selection.set(id);
    }
    List<RequestedFeature> features = new ArrayList<>();
    String before = "";
    for (String word : words) {
      String[] parts = (word.contains(":") ? word : before + ":" + word).split(":", -1);
      if (parts.length < 2 || parts.length > 3 || List.of(parts).contains("")) {
        throw MlopsException.invalid("--features: %s is no feature".formatted(word), FORM);
      }
      before = parts[0] + ":" + parts[1];
      SourceTable source = selection.source(selection.set(before));
      List<String> names =
          parts.length == 3
              ? List.of(parts[2])
              : source.spec().features().stream().map(DataColumn::name).toList();
      names.forEach(name -> features.add(new RequestedFeature(source, name)));
    }
    return features;
  }

  private FeatureSet set(String id) {
    List<String> ids = definitions.sets().stream().map(FeatureSet::id).sorted().toList();
    return definitions.sets().stream()
        .filter(s -> s.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                MlopsException.invalid(
                    "No feature set %s is defined in %s".formatted(id, definitions.folder()),
                    SpellingSuggestion.wayOut(
                        id, ids, "There are: %s.".formatted(String.join(", ", ids)))));
  }

  private SourceTable source(FeatureSet set) {
    return sources.computeIfAbsent(
        set.id(), id -> new SourceTable(id, set.spec(), new TableFile(id, path(set), format(set))));
  }

  private Path path(FeatureSet set) {
    Path given = files.get(set.id());
    if (given != null || set.spec().needsSpark()) {
      return given == null ? Path.of("") : given; // what needs Spark is refused by the join
    }
    String path = set.spec().source().path();
    if (!set.spec().source().isLocal()) {
      throw MlopsException.invalid(
          "The source of %s is %s, which is not read from here".formatted(set.id(), path),
          "Name a copy: --source %s=FILE.".formatted(set.id()));
    }
    Path file = set.spec().file().resolveSibling(path).normalize();
    if (!Files.exists(file)) {
      throw MlopsException.invalid(
          "The source of %s, %s, does not exist".formatted(set.id(), file),
          "Mend source.path in %s, or name another: --source %s=FILE."
              .formatted(set.spec().file(), set.id()));
    }
    return file;
  }

  private TableFile.Format format(FeatureSet set) {
    Path given = files.get(set.id());
    if (given != null && Files.isRegularFile(given)) {
      return TableFile.format("--source " + set.id(), given);
    }
    return set.spec().source().type() == SourceType.CSV
        ? TableFile.Format.CSV
        : TableFile.Format.PARQUET;
  }
}
