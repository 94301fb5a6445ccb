package mlops.project;

import static java.util.Comparator.comparing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/** The Azure ML files in one folder of a project, found by the schema that each names. */
final class AzureMlFiles {
  private final Path project;
  private final String folder;
  private final List<String> missing;

  /**
   * @param missing is given what is not there
   */
  AzureMlFiles(Path project, String folder, List<String> missing) {
    this.project = project;
    this.folder = folder;
    this.missing = missing;
  }

  /**
   * A file.
   *
   * @param path from the folder of the project, with slashes
   */
  record Found(String path, YamlNode content) {

    String text(String key) {
      return content.text(key).orElse("").strip();
    }

    YamlNode map(String key) {
      return content.map(key).orElseGet(content::nothing);
    }
  }

  /** The file of one of these schemas; where there is none, that is noted. */
  Found require(String... schemas) {
    return find(schemas)
        .orElseGet(
            () -> {
              missing.add(
                  "%s has no file of the schema %s"
                      .formatted(folder, String.join(" or ", schemas)));
              Mistakes unheard = new Mistakes();
              return new Found("", YamlFile.parse(Path.of(folder), "{}", unheard).orElseThrow());
            });
  }

  Optional<Found> find(String... schemas) {
    return files().stream()
        .flatMap(file -> read(file).stream())
        .filter(found -> List.of(schemas).contains(schema(found)))
        .findFirst();
  }

  /** The file whose name has this word in it. */
  String named(String word) {
    Optional<Path> file =
        files().stream().filter(f -> f.getFileName().toString().contains(word)).findFirst();
    if (file.isEmpty()) {
      missing.add("%s has no YAML file for %s".formatted(folder, word));
    }
    return file.map(this::relative).orElse("");
  }

  private List<Path> files() {
    Path directory = project.resolve(folder);
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(f -> f.toString().matches(".*\\.ya?ml"))
          .sorted(comparing(AzureMlFiles::plainName)) // pipeline.yml before pipeline-other.yml
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " cannot be read", e);
    }
  }

  private static String plainName(Path file) {
    return file.toString().replaceFirst("\\.ya?ml$", "");
  }

  /** What is no YAML is no Azure ML file; `mlops` tells of it when it is to use it. */
  private Optional<Found> read(Path file) {
    return YamlFile.read(file, new Mistakes())
        .flatMap(YamlNode::asMap)
        .map(content -> new Found(relative(file), content));
  }

  /** The last part of its schema's address, such as {@code batchEndpoint}. */
  private static String schema(Found found) {
    return found.text("$schema").replaceFirst(".*/", "").replaceFirst("\\.schema\\.json$", "");
  }

  private String relative(Path file) {
    return project.relativize(file).toString().replace('\\', '/');
  }
}
