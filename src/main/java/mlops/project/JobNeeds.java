package mlops.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/** What a job and the components that it brings name in the workspace, without making it. */
final class JobNeeds {
  private static final Pattern NAMED =
      Pattern.compile("azureml:(?!/)([A-Za-z0-9][\\w.-]*)(?:[:@].*)?");
  private static final Pattern DATASTORE = Pattern.compile("azureml://datastores/([^/]+)/.*");
  private static final Set<String> OF_EVERY_WORKSPACE =
      Set.of(
          "workspaceblobstore",
          "workspaceartifactstore",
          "workspacefilestore",
          "workspaceworkingdirectory");

  private final Path project;
  private final Set<Need> needs = new LinkedHashSet<>();
  private final Set<String> placeholders = new LinkedHashSet<>();
  private final Set<Path> read = new LinkedHashSet<>();

  /** A thing of a workspace; where a kind is not told, a model may be meant as well as data. */
  record Need(FileKind kind, String name) {}

  JobNeeds(Path project) {
    this.project = project;
  }

  /** Reads a job or a component, and the components that it names by their files. */
  void read(ProjectFiles.Described file) {
    read(project.resolve(file.path()), file.content());
  }

  /** Whether a file is one of those: the job itself, or a component that comes with it. */
  boolean hasRead(Path file) {
    return read.contains(file.normalize());
  }

  private void read(Path file, YamlNode content) {
    if (read.add(file.normalize())) {
      collect(file, "", content);
    }
  }

  private void collect(Path file, String key, YamlNode node) {
    node.entries().forEach((name, child) -> collect(file, name, child));
    node.items().forEach(item -> collect(file, key, item));
    Optional<String> text = node.isScalar() && !node.isNull() ? node.asText() : Optional.empty();
    text.map(String::strip).ifPresent(value -> value(file, key, node, value));
  }

  private void value(Path file, String key, YamlNode node, String value) {
    if (value.matches("<[^<>]+>")) {
      placeholders.add(
          "%s: %s is the placeholder %s"
              .formatted(
                  project.relativize(file).toString().replace('\\', '/'), node.name(), value));
      return;
    }
    Matcher store = DATASTORE.matcher(value);
    if (store.matches() && !OF_EVERY_WORKSPACE.contains(store.group(1))) {
      needs.add(new Need(FileKind.DATASTORE, store.group(1)));
    }
    Matcher named = NAMED.matcher(value);
    if (named.matches() && !value.regionMatches(true, 8, "azureml-", 0, 8)) {
      kind(key)
          .filter(k -> k != FileKind.DATASTORE || !OF_EVERY_WORKSPACE.contains(named.group(1)))
          .ifPresent(kind -> needs.add(new Need(kind, named.group(1))));
    } else if (key.equals("component")) {
      component(file.resolveSibling(value.replaceFirst("^file:", "")));
    }
  }

  private void component(Path file) {
    if (file.normalize().startsWith(project) && Files.isRegularFile(file)) {
      YamlFile.read(file, new Mistakes()).ifPresent(content -> read(file, content));
    }
  }

  private static Optional<FileKind> kind(String key) {
    return switch (key) {
      case "environment" -> Optional.of(FileKind.ENVIRONMENT);
      case "compute", "default_compute", "target" -> Optional.of(FileKind.COMPUTE);
      case "component" -> Optional.of(FileKind.COMPONENT);
      case "path" -> Optional.of(FileKind.DATA);
      case "default_datastore", "datastore" -> Optional.of(FileKind.DATASTORE);
      default -> Optional.empty();
    };
  }

  List<Need> needs() {
    return List.copyOf(needs);
  }

  /** Places that the author left for others to fill in. */
  List<String> placeholders() {
    return List.copyOf(placeholders);
  }
}
