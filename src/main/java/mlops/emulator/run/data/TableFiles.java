package mlops.emulator.run.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import mlops.emulator.run.record.JobFailure;

/**
 * Which files of its folder an MLTable means: those that its {@code paths} name, as far as {@code
 * take} and {@code skip} leave them. What other {@code transformations} make of files, rows above
 * all, is no file.
 *
 * @param paths of files from the folder of the MLTable
 * @param limits by which files are left out, one after the other
 * @param partitions which columns the paths of files have
 */
public record TableFiles(
    List<Predicate<String>> paths,
    List<UnaryOperator<List<String>>> limits,
    List<PartitionFormat> partitions) {

  /**
   * Reads an MLTable.
   *
   * @param said what a failure calls the data, at the start of a sentence
   * @throws JobFailure where it makes rows of files, or names some elsewhere, or cannot be read
   */
  public static TableFiles of(String said, Path file) {
    JsonNode table = read(said, file);
    List<UnaryOperator<List<String>>> limits = new ArrayList<>();
    List<PartitionFormat> partitions = new ArrayList<>();
    for (JsonNode step : table.path("transformations")) {
      JsonNode value = step.isObject() ? step.elements().next() : MissingNode.getInstance();
      String kind = step.isObject() ? step.fieldNames().next() : step.asText();
      switch (kind) {
        case "take" -> limits.add(files -> files.subList(0, most(value, files)));
        case "skip" -> limits.add(files -> files.subList(most(value, files), files.size()));
        case "extract_columns_from_partition_format" ->
            partitions.add(PartitionFormat.of(value.path("partition_format").asText()));
        default -> throw notEvaluated(said, "has the transformation %s".formatted(kind));
      }
    }
    List<Predicate<String>> paths = new ArrayList<>();
    for (JsonNode path : table.path("paths")) {
      path.properties().forEach(p -> paths.add(of(said, p.getKey(), p.getValue().asText())));
    }
    return new TableFiles(paths, limits, partitions);
  }

  private static int most(JsonNode count, List<String> files) {
    return Math.min(Math.max(0, count.asInt()), files.size());
  }

  /**
   * The files that the table means.
   *
   * @param found paths of files from its folder, in their order
   */
  public List<String> of(List<String> found) {
    List<String> files =
        found.stream().filter(path -> paths.stream().anyMatch(p -> p.test(path))).toList();
    for (UnaryOperator<List<String>> limit : limits) {
      files = limit.apply(files);
    }
    return files;
  }

  /** The columns that the paths of its files have, in their order. */
  public List<String> columns() {
    return partitions.stream().flatMap(format -> format.columns().stream()).toList();
  }

  /**
   * The values of these columns for a file.
   *
   * @throws JobFailure where its path has not the form that the table gives
   */
  public Map<String, String> values(String file) {
    Map<String, String> values = new LinkedHashMap<>();
    for (PartitionFormat format : partitions) {
      values.putAll(
          format
              .values(file)
              .orElseThrow(
                  () ->
                      JobFailure.user(
                          "The file '%s' does not fit the partition_format of its MLTable."
                              .formatted(file))));
    }
    return values;
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
        "%s is an MLTable that %s: the embedded Azure evaluates none but those that name files of their own folder, with take, skip and extract_columns_from_partition_format. Give it the mode ro_mount and read it by mltable.load, or direct."
            .formatted(said, why));
  }

  private static JsonNode read(String said, Path file) {
    try {
      return new YAMLMapper().readTree(file.toFile());
    } catch (FileNotFoundException e) {
      throw JobFailure.user("%s is no mltable: it has no file MLTable.".formatted(said));
    } catch (IOException e) {
      throw JobFailure.user("%s has an MLTable that is no valid YAML.".formatted(said));
    }
  }
}
