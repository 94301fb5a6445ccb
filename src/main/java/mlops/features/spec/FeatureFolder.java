package mlops.features.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.error.MlopsException;
import mlops.yaml.FilePosition;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/** Reads all definitions of a folder: each file says by its keys what it is. */
public final class FeatureFolder {
  private static final int DEPTH = 8;

  private final Mistakes mistakes;
  private final List<FeatureStore> stores = new ArrayList<>();
  private final List<FeatureEntity> entities = new ArrayList<>();
  private final List<FeatureSet> sets = new ArrayList<>();

  private FeatureFolder(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /**
   * What the folder defines, as far as it can be read.
   *
   * @param mistakes all that is wrong goes here, with its place
   * @throws MlopsException INVALID where there is no such folder, or nothing is defined there
   */
  public static FeatureDefinitions read(Path folder, Mistakes mistakes) {
    if (!Files.isDirectory(folder)) {
      throw MlopsException.invalid(
          "There is no folder %s to read definitions of features from".formatted(folder),
          "Name the folder that holds them, with Azure's files of entities and feature sets.");
    }
    FeatureFolder read = new FeatureFolder(mistakes);
    List<Path> files = read.files(folder);
    files.forEach(read::file);
    FeatureDefinitions found =
        new FeatureDefinitions(folder, read.stores, read.entities, read.sets);
    if (mistakes.isEmpty() && found.sets().isEmpty()) {
      throw MlopsException.invalid(
          "No file in %s defines a feature set".formatted(folder),
          "Write one with name, version, entities and specification, or name another folder.");
    }
    DefinitionCheck.check(found, mistakes);
    files.forEach(read::unnamed);
    return found;
  }

  /** The feature stores that a folder defines, whatever else is in it; none without the folder. */
  public static List<FeatureStore> stores(Path folder) {
    FeatureFolder read = new FeatureFolder(new Mistakes());
    if (Files.isDirectory(folder)) {
      read.files(folder).forEach(read::file);
    }
    return List.copyOf(read.stores);
  }

  private List<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder, DEPTH)) {
      return all.filter(f -> f.toString().matches(".*\\.ya?ml") && Files.isRegularFile(f))
          .filter(f -> !folder.relativize(f).toString().matches("(.*/)?\\..*"))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw MlopsException.failed(
          "FolderUnreadable",
          "The folder %s cannot be read: %s".formatted(folder, e.getMessage()),
          "Check its permissions.",
          e);
    }
  }

  private void file(Path file) {
    String name = String.valueOf(file.getFileName());
    if (name.equals(SpecReader.FILE)) {
      return; // read with the feature set that names it
    }
    if (name.equalsIgnoreCase(SpecReader.FILE)) {
      String what = "az reads a spec under the name %s alone".formatted(SpecReader.FILE);
      mistakes.add(new FilePosition(file, 1, 1), what, "rename the file");
      return;
    }
    Optional<YamlNode> root = YamlFile.read(file, mistakes);
    root.flatMap(YamlNode::asMap).ifPresent(map -> definition(file, map));
  }

  /** A spec that no feature set names. */
  private void unnamed(Path file) {
    boolean spec = String.valueOf(file.getFileName()).equals(SpecReader.FILE);
    Path there = file.toAbsolutePath().normalize();
    boolean used =
        sets.stream().anyMatch(s -> s.spec().file().toAbsolutePath().normalize().equals(there));
    if (spec && !used && mistakes.isEmpty()) {
      mistakes.note(new FilePosition(file, 1, 1), "no feature set names this spec", "");
    }
  }

  private void definition(Path file, YamlNode root) {
    if (root.at("specification").isPresent() || root.at("entities").isPresent()) {
      AssetReader.set(file, root, mistakes).ifPresent(sets::add);
    } else if (root.at("index_columns").isPresent()) {
      AssetReader.entity(file, root).ifPresent(entities::add);
    } else if (isMeant(root, "index_columns", "/featureStoreEntity.schema.json")) {
      AssetReader.entity(file, root).ifPresent(entities::add); // with the mistyped key's place
    } else if (isMeant(root, "specification", "/featureSet.schema.json")) {
      AssetReader.set(file, root, mistakes).ifPresent(sets::add);
    } else if (isStore(file, root)) {
      AssetReader.store(file, root).ifPresent(stores::add);
    } else {
      String what = "this defines no store, entity or feature set, and is not read";
      mistakes.note(root.place(), what, "");
    }
  }

  /** Whether its schema says so, or a named asset has a key that is nearly the one of its kind. */
  private static boolean isMeant(YamlNode root, String key, String schema) {
    boolean said = root.text("$schema").filter(s -> s.endsWith(schema)).isPresent();
    boolean asset = root.at("name").isPresent() && root.at("version").isPresent();
    return said || (asset && AssetReader.isNearly(root, key));
  }

  private static boolean isStore(Path file, YamlNode root) {
    return String.valueOf(file.getFileName()).matches("(?i)feature_?-?store\\.ya?ml")
        || Stream.of("offline_store", "online_store", "compute_runtime", "materialization_identity")
            .anyMatch(key -> root.at(key).isPresent());
  }
}
