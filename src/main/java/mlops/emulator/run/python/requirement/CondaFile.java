package mlops.emulator.run.python.requirement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import mlops.emulator.run.record.JobFailure;

/** The Python packages that a conda file asks for. */
public final class CondaFile {

  /**
   * Reads a conda file, as YAML or as the JSON of one.
   *
   * @throws JobFailure where it cannot be read
   */
  public static Requirements parse(String text) {
    try {
      return dependencies(new YAMLMapper().readTree(text).path("dependencies"));
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
