package mlops.emulator.run.python.requirement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.run.record.JobFailure;

/** The Python packages that a conda file asks for, and the variables that it sets. */
public final class CondaFile {

  /**
   * Reads a conda file, as YAML or as the JSON of one.
   *
   * @throws JobFailure where it cannot be read
   */
  public static Requirements parse(String text) {
    PipLines lines = new PipLines();
    return lines.with(read(text, lines));
  }

  /** Adds what a conda file asks for to what is asked for already; the Python that it asks for. */
  static PythonVersions read(String text, PipLines lines) {
    return dependencies(tree(text).path("dependencies"), lines);
  }

  /** The environment variables that it sets, {@code variables}. */
  public static Map<String, String> variables(String text) {
    Map<String, String> variables = new LinkedHashMap<>();
    tree(text)
        .path("variables")
        .properties()
        .forEach(variable -> variables.put(variable.getKey(), variable.getValue().asText()));
    return variables;
  }

  private static JsonNode tree(String text) {
    try {
      return new YAMLMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw JobFailure.user(
          "The conda file of the environment is no valid YAML: " + e.getOriginalMessage());
    }
  }

  private static PythonVersions dependencies(JsonNode dependencies, PipLines lines) {
    PythonVersions python = PythonVersions.any();
    for (JsonNode dependency : dependencies) {
      if (dependency.isTextual()) {
        python = add(dependency.asText(), lines).orElse(python);
      }
      dependency.path("pip").forEach(line -> lines.add(line.asText()));
    }
    return python;
  }

  /** Adds what a match specification asks for; where that is Python, its versions. */
  static Optional<PythonVersions> add(String specification, PipLines lines) {
    CondaSpec spec = CondaSpec.parse(specification);
    if (spec.name().equals("python")) {
      return Optional.of(new PythonVersions(spec.version()));
    }
    if (CondaLibraries.isNative(spec)) {
      lines.leftOut.add(spec.name());
    } else if (!spec.name().isEmpty() && !CondaLibraries.isTool(spec)) {
      lines.add(CondaLibraries.pipName(spec) + spec.version());
    }
    return Optional.empty();
  }

  private CondaFile() {}
}
