package mlops.emulator.run.python.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import mlops.emulator.run.record.JobFailure;

/** Builds with a program of the conda family, from the conda file as it is. */
record CondaBuilder(BuildProcess process, CondaProgram program) {
  private static final Map<String, String> VARIABLES =
      Map.of("CONDA_ALWAYS_YES", "true", "MAMBA_ALWAYS_YES", "true", "PYTHONNOUSERSITE", "1");

  /**
   * Makes an environment with all that a file asks for.
   *
   * @param file as YAML or as the JSON of one
   */
  BuildProcess.Ended create(Path environment, String file) {
    Path written = environment.resolveSibling(environment.getFileName() + ".yml");
    try {
      Files.createDirectories(process.folder());
      Files.writeString(written, withPython(file));
      List<String> line = new ArrayList<>(program.create());
      line.addAll(List.of("--prefix", environment.toString(), "--file", written.toString()));
      return process.run(line, VARIABLES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(written);
    }
  }

  /** A job needs a Python, also where the file names none. */
  private static String withPython(String file) {
    try {
      YAMLMapper yaml = new YAMLMapper();
      JsonNode tree = yaml.readTree(file);
      if (tree instanceof ObjectNode object
          && object.path("dependencies") instanceof ArrayNode dependencies
          && StreamSupport.stream(dependencies.spliterator(), false)
              .noneMatch(d -> d.asText().matches("(?:.*::)?python(?![\\w.-]).*"))) {
        dependencies.add("python");
      }
      return yaml.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw JobFailure.user(
          "The conda file of the environment is no valid YAML: " + e.getOriginalMessage());
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
