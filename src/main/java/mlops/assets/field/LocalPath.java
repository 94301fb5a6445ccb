package mlops.assets.field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import mlops.assets.content.Snapshot;
import mlops.error.MlopsException;
import mlops.yaml.YamlNode;

/** Paths in a file that name something on this machine. */
public final class LocalPath {
  private static final Pattern URI = Pattern.compile("(?:[a-zA-Z][a-zA-Z0-9+.-]+://|azureml:).*");
  private static final String FILE = "file:";

  /** Whether a text names something elsewhere, such as {@code https://…} or {@code azureml:…}. */
  public static boolean isRemote(String text) {
    return URI.matcher(text).matches() && !text.startsWith(FILE);
  }

  /** A file or folder that exists and is reached without leaving through a symbolic link. */
  public static Optional<Path> find(FileSection source, YamlNode node) {
    Optional<String> text = node.asText();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String written = text.get().startsWith(FILE) ? text.get().substring(5) : text.get();
    try {
      Path folder = source.folder().toAbsolutePath().normalize();
      Path path = folder.resolve(written).normalize();
      if (!Files.exists(path)) {
        String message = "%s: there is no file or folder %s".formatted(node.name(), path);
        node.mistake(message, "paths start from the folder of the file");
        return Optional.empty();
      }
      if (!path.toRealPath().startsWith(common(folder, path).toRealPath())) {
        String message = "%s: %s leads away through a symbolic link".formatted(node.name(), path);
        node.mistake(message, "name " + path.toRealPath() + " itself if that is what you mean");
        return Optional.empty();
      }
      return Optional.of(path);
    } catch (InvalidPathException | IOException e) {
      String why = String.valueOf(e.getMessage());
      node.mistake("%s: %s cannot be read: %s".formatted(node.name(), written, why), "");
      return Optional.empty();
    }
  }

  /** The same for a file only. */
  public static Optional<Path> file(FileSection source, YamlNode node) {
    return find(source, node).filter(path -> is(node, path, Files.isRegularFile(path), "a file"));
  }

  /** The files at a path, as they would be uploaded. */
  static Optional<Snapshot> snapshot(FileSection source, YamlNode node) {
    return find(source, node).flatMap(path -> snapshot(node, path));
  }

  /** The same of a path that was found. */
  static Optional<Snapshot> snapshot(YamlNode node, Path path) {
    try {
      Snapshot snapshot = Snapshot.of(path);
      if (snapshot.files().isEmpty()) {
        node.mistake(
            "%s: the folder %s holds no file to upload".formatted(node.name(), path),
            "see its .amlignore or .gitignore");
        return Optional.empty();
      }
      return Optional.of(snapshot);
    } catch (MlopsException e) {
      node.mistake("%s: %s".formatted(node.name(), e.message()), e.hint());
      return Optional.empty();
    }
  }

  /** The same for a folder only. */
  public static Optional<Snapshot> folder(FileSection source, YamlNode node) {
    return find(source, node)
        .filter(path -> is(node, path, Files.isDirectory(path), "a folder"))
        .flatMap(path -> snapshot(node, path));
  }

  static boolean is(YamlNode node, Path path, boolean so, String expected) {
    if (!so) {
      node.mistake("%s: %s is not %s".formatted(node.name(), path, expected), "");
    }
    return so;
  }

  /** The nearest folder above both, which a path that only goes up and down cannot leave. */
  private static Path common(Path folder, Path path) {
    Path above = folder;
    while (!path.startsWith(above) && above.getParent() != null) {
      above = above.getParent();
    }
    return above;
  }

  private LocalPath() {}
}
