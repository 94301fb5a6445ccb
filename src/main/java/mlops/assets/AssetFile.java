package mlops.assets;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mlops.assets.field.FileSection;
import mlops.assets.field.ResourceDraft;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/**
 * An Azure ML CLI v2 file that was read and found right. Reading looks at the file system only;
 * what the file needs to know of a workspace it asks when it is translated.
 */
public final class AssetFile {
  private final Path path;
  private final ResourceDraft draft;

  private AssetFile(Path path, ResourceDraft draft) {
    this.path = path;
    this.draft = draft;
  }

  /**
   * Reads a file.
   *
   * @throws mlops.error.MlopsException of kind INVALID that names every mistake with its line and
   *     column
   */
  public static AssetFile read(AssetFileType type, Path path, FieldOverrides overrides) {
    Mistakes mistakes = new Mistakes();
    Optional<ResourceDraft> draft =
        YamlFile.read(path, mistakes)
            .flatMap(YamlNode::asMap)
            .map(root -> overrides.onto(root, mistakes))
            .filter(SchemaField::isBuilt)
            .map(
                root ->
                    type.read(
                        new FileSection(
                            root, List.of(path.toAbsolutePath().normalize()), mistakes)));
    mistakes.throwIfAny();
    return new AssetFile(path, draft.orElseThrow(mistakes::asException));
  }

  public Path path() {
    return path;
  }

  /** The name in the file; of a job empty where the file leaves it to whoever submits. */
  public String name() {
    return draft.name();
  }

  /** The version in the file; empty where Azure counts. */
  public Optional<String> version() {
    return draft.version();
  }

  /** The requests that make a workspace hold what the file describes. */
  public AssetRequests translate(WorkspaceLookup workspace) {
    return ReferenceResolver.translate(draft, workspace);
  }
}
