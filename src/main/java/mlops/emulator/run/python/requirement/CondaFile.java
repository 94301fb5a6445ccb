package mlops.emulator.run.python.requirement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import mlops.emulator.run.record.JobFailure;

/** The Python packages that a conda file asks for, and the variables that it sets. */
public final class CondaFile {

  /**
   * Reads a conda file, as YAML or as the JSON of one.
   *
   * @throws JobFailure where it cannot be read
   */
  public static Requirements parse(String text) {
    return dependencies(read(text).path("dependencies"));
  }

  /** The environment variables that it sets, {@code variables}. */
  public static Map<String, String> variables(String text) {
    Map<String, String> variables = new LinkedHashMap<>();
    read(text)
        .path("variables")
        .properties()
        .forEach(variable -> variables.put(variable.getKey(), variable.getValue().asText()));
    return variables;
  }

  private static JsonNode read(String text) {
    try {
      return new YAMLMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw JobFailure.user(
          "The conda file of the environment is no valid YAML: " + e.getOriginalMessage());
    }
  }

  private static Requirements dependencies(JsonNode dependencies) {
    PythonVersions python = PythonVersions.any();
    PipLines lines = new PipLines();
    for (JsonNode dependency : dependencies) {
      if (dependency.isTextual()) {
        CondaSpec spec = CondaSpec.parse(dependency.asText());
        if (spec.name().equals("python")) {
          python = new PythonVersions(spec.version());
        } else {
          add(spec, lines);
        }
      }
      dependency.path("pip").forEach(line -> lines.add(line.asText()));
    }
    return lines.with(python);
  }

  private static void add(CondaSpec spec, PipLines lines) {
    if (CondaLibraries.isNative(spec)) {
      lines.leftOut.add(spec.name());
    } else if (!spec.name().isEmpty() && !CondaLibraries.isTool(spec)) {
      lines.add(CondaLibraries.pipName(spec) + spec.version());
    }
  }

  private CondaFile() {}
}
