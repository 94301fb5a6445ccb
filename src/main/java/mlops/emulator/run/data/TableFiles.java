package mlops.emulator.run.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import mlops.emulator.run.record.JobFailure;

/**
 * Which files of its folder an MLTable means: those that its {@code paths} name. What {@code
 * transformations} make of files, rows above all, is no file.
 *
 * @param paths of files from the folder of the MLTable
 */
record TableFiles(List<Predicate<String>> paths) {

  /**
   * Reads an MLTable.
   *
   * @param said what a failure calls the data, at the start of a sentence
   * @throws JobFailure where it transforms files, or names some elsewhere, or cannot be read
   */
  static TableFiles of(String said, Path file) {
    JsonNode table = read(said, file);
    if (!table.path("transformations").isEmpty()) {
      throw notEvaluated(said, "has transformations");
    }
    List<Predicate<String>> paths = new ArrayList<>();
    for (JsonNode path : table.path("paths")) {
      path.properties().forEach(p -> paths.add(of(said, p.getKey(), p.getValue().asText())));
    }
    return new TableFiles(paths);
  }

  /** Whether the table means the file at this path from its folder. */
  boolean include(String path) {
    return paths.stream().anyMatch(p -> p.test(path));
  }

  private static Predicate<String> of(String said, String kind, String path) {
    String plain = path.replaceFirst("^(\\./|\\.$)+", "").replaceFirst("/+$", "");
    if (path.contains(":") || path.startsWith("/") || List.of(plain.split("/")).contains("..")) {
      throw notEvaluated(said, "names data outside its folder, " + path);
    }
    return switch (kind) {
      case "file" -> plain::equals;
      case "folder" -> found -> plain.isEmpty() || found.startsWith(plain + "/");
      case "pattern" -> {
        PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + plain);
        yield found -> glob.matches(Path.of(found));
      }
      default -> throw notEvaluated(said, "names data by '%s'".formatted(kind));
    };
  }

  private static JobFailure notEvaluated(String said, String why) {
    return new JobFailure(
        "NotImplemented",
        "%s is an MLTable that %s: the embedded Azure evaluates none but those that name files of their own folder. Give it the mode ro_mount and read it by mltable.load, or direct."
            .formatted(said, why));
  }

  private static JsonNode read(String said, Path file) {
    try {
      return new YAMLMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw JobFailure.user("%s has an MLTable that is no valid YAML.".formatted(said));
    }
  }
}
