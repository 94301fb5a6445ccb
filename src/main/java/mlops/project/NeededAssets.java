package mlops.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.project.JobNeeds.Need;
import mlops.project.ProjectFiles.Described;

/**
 * The files that make what a job needs: those of the project, and where its scripts make a thing by
 * options alone, ones that say the same.
 */
final class NeededAssets {
  /** Where files lie that are written for a project. */
  static final String FOLDER = "mlops-init/";

  private final ProjectFiles files;
  private final List<AzCreate> creations;
  private final List<String> missing;
  private final Map<String, String> written = new LinkedHashMap<>();

  /**
   * @param missing is given what is not there, or is not clear
   */
  NeededAssets(ProjectFiles files, List<String> missing) {
    this.files = files;
    this.creations = files.creations();
    this.missing = missing;
  }

  /** The texts of the files that are to be written, by path. */
  Map<String, String> written() {
    return written;
  }

  /** The file of what is needed; where there is none, that is noted. */
  Optional<ProjectDraft.Asset> of(Need need) {
    Optional<ProjectDraft.Asset> asset =
        described(need.kind(), need.name())
            .or(() -> created(need.kind(), need.name()))
            .or(() -> model(need));
    if (asset.isEmpty() && need.kind() == FileKind.COMPUTE) {
      missing.add(
          "compute %s is made by nothing in the project: %s has a small cluster of that name"
              .formatted(need.name(), path(need.kind(), need.name())));
      return Optional.of(keep(need.kind(), need.name(), compute(need.name(), Map.of())));
    }
    if (asset.isEmpty()) {
      missing.add(
          "%s %s is needed by the job, and no file or script of the project makes it"
              .formatted(need.kind().words(), need.name()));
    }
    return asset;
  }

  /** What a path names is data or a model. */
  private Optional<ProjectDraft.Asset> model(Need need) {
    return need.kind() == FileKind.DATA
        ? described(FileKind.MODEL, need.name()).or(() -> created(FileKind.MODEL, need.name()))
        : Optional.empty();
  }

  private Optional<ProjectDraft.Asset> described(FileKind kind, String name) {
    List<Described> found =
        files.of(kind).stream().filter(file -> file.name().equals(name)).toList();
    if (found.size() > 1) {
      missing.add(
          "%s %s is described by %s: the first is taken"
              .formatted(
                  kind.words(),
                  name,
                  String.join(", ", found.stream().map(Described::path).toList())));
    }
    return found.stream().findFirst().map(file -> new ProjectDraft.Asset(kind, name, file.path()));
  }

  private Optional<ProjectDraft.Asset> created(FileKind kind, String name) {
    return creations.stream()
        .filter(c -> c.noun().equals(kind.words()) && c.name().equals(name))
        .filter(c -> c.option("file", "f").isEmpty())
        .findFirst()
        .flatMap(c -> text(kind, c).map(text -> keep(kind, name, text)));
  }

  private Optional<String> text(FileKind kind, AzCreate created) {
    return switch (kind) {
      case COMPUTE -> Optional.of(compute(created.name(), created.options()));
      case DATA, MODEL -> located(kind, created);
      case ENVIRONMENT ->
          Optional.of(
              lines(
                  "name: " + created.name(),
                  line("image", created.option("image", "i")),
                  line(
                      "conda_file",
                      created.option("conda-file", "c").flatMap(f -> local(created, f)))));
      default -> Optional.empty();
    };
  }

  private Optional<String> located(FileKind kind, AzCreate created) {
    String type = kind == FileKind.DATA ? "uri_folder" : "custom_model";
    return created
        .option("path", "p")
        .flatMap(path -> path.contains("://") ? Optional.of(path) : local(created, path))
        .map(
            path ->
                lines(
                    "name: " + created.name(),
                    "type: " + created.option("type", "t").orElse(type),
                    line("path", Optional.of(path))));
  }

  /** A path in a script, from the folder of written files on. */
  private Optional<String> local(AzCreate created, String path) {
    Path script = files.project().resolve(created.from()).resolveSibling(path).normalize();
    Path root = files.project().resolve(path).normalize();
    for (Path place : List.of(script, root)) {
      if (place.startsWith(files.project()) && Files.exists(place)) {
        return Optional.of("../" + files.project().relativize(place).toString().replace('\\', '/'));
      }
    }
    missing.add("%s speaks of %s, which is not there".formatted(created.from(), path));
    return Optional.empty();
  }

  private static String compute(String name, Map<String, String> options) {
    return lines(
        "name: " + name,
        "type: amlcompute",
        "size: " + options.getOrDefault("size", "STANDARD_DS3_v2"),
        "min_instances: " + number(options.getOrDefault("min-instances", ""), 0),
        "max_instances: " + number(options.getOrDefault("max-instances", ""), 4));
  }

  private static String number(String text, int otherwise) {
    return text.matches("\\d{1,4}") ? text : String.valueOf(otherwise);
  }

  private static String line(String key, Optional<String> value) {
    return value.map(v -> key + ": '" + v.replace("'", "''") + "'").orElse("");
  }

  private static String lines(String... lines) {
    List<String> there = new ArrayList<>(List.of("# Written by mlops init --from-project."));
    List.of(lines).stream().filter(line -> !line.isEmpty()).forEach(there::add);
    return String.join("\n", there) + "\n";
  }

  /** A file of its own for what nothing in the project describes. */
  ProjectDraft.Asset write(FileKind kind, String name, String... lines) {
    return keep(kind, name, lines(lines));
  }

  private ProjectDraft.Asset keep(FileKind kind, String name, String text) {
    written.put(path(kind, name), text);
    return new ProjectDraft.Asset(kind, name, path(kind, name));
  }

  /** An environment for a job that brings its own. */
  ProjectDraft.Asset plainEnvironment() {
    return write(
        FileKind.ENVIRONMENT,
        "plain",
        "# The job names environments of its own; the profile has to name one.",
        "name: plain",
        "image: 'mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04'");
  }

  private static String path(FileKind kind, String name) {
    return FOLDER + kind.words().replace(' ', '-') + "-" + name + ".yml";
  }
}
