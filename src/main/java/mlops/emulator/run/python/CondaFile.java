package mlops.emulator.run.python;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.emulator.run.record.JobFailure;

/**
 * The Python packages that a conda file asks for.
 *
 * @param python the version, such as {@code 3.10}
 * @param options of pip, such as {@code --extra-index-url} and its value
 * @param packages what pip is to install
 * @param wished what pip is to install where it can be had, and what is left out elsewhere
 * @param leftOut what only Azure or conda has
 */
record CondaFile(
    Optional<String> python,
    List<String> options,
    List<String> packages,
    List<String> wished,
    List<String> leftOut) {

  /**
   * Reads a conda file, as YAML or as the JSON of one.
   *
   * @throws JobFailure where it cannot be read
   */
  static CondaFile parse(String text) {
    try {
      JsonNode file = new YAMLMapper().readTree(text);
      CondaFile conda =
          new CondaFile(
              Optional.empty(),
              new ArrayList<>(),
              new ArrayList<>(),
              new ArrayList<>(),
              new ArrayList<>());
      return conda.with(file.path("dependencies"));
    } catch (JsonProcessingException e) {
      throw JobFailure.user(
          "The conda file of the environment is no valid YAML: " + e.getOriginalMessage());
    }
  }

  private CondaFile with(JsonNode dependencies) {
    String version = null;
    for (JsonNode dependency : dependencies) {
      if (dependency.isTextual()) {
        CondaSpec spec = CondaSpec.parse(dependency.asText());
        if (spec.name().equals("python")) {
          version = spec.number();
        } else {
          conda(spec);
        }
      }
      dependency.path("pip").forEach(line -> pip(line.asText()));
    }
    return new CondaFile(Optional.ofNullable(version), options, packages, wished, leftOut);
  }

  private void conda(CondaSpec spec) {
    if (CondaLibraries.isNative(spec)) {
      leftOut.add(spec.name());
    } else if (!spec.name().isEmpty() && !CondaLibraries.isTool(spec)) {
      pip(CondaLibraries.pipName(spec) + spec.version());
    }
  }

  private void pip(String written) {
    String line = CondaSpec.withoutComment(written);
    if (line.isEmpty()) {
      return;
    }
    if (line.startsWith("-")) {
      if (line.startsWith("-r") || line.startsWith("-e") || line.startsWith("--requirement")) {
        leftOut.add(line);
      } else {
        options.addAll(List.of(line.split("[\\s=]+", 2)));
      }
      return;
    }
    String name = line.split("[\\s\\[<>=!~;@]", 2)[0].toLowerCase(Locale.ROOT).replace('_', '-');
    if (name.startsWith("azureml-") || name.equals("azureml")) {
      leftOut.add(line);
    } else if (name.startsWith("mlflow")) {
      wished.add(line);
    } else {
      packages.add(line);
    }
  }
}
