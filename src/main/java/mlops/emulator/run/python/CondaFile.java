package mlops.emulator.run.python;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern CONDA = Pattern.compile("(?:[^:]+::)?([A-Za-z0-9_.\\-]+)\\s*(.*)");
  private static final Set<String> NOT_PYTHON =
      Set.of(
          "pip",
          "setuptools",
          "wheel",
          "libgcc",
          "libgcc-ng",
          "libstdcxx-ng",
          "openssl",
          "gcc",
          "gxx",
          "cudatoolkit",
          "cudnn",
          "mkl",
          "blas",
          "libblas",
          "git",
          "nomkl",
          "ca-certificates",
          "nodejs",
          "openmpi",
          "make",
          "cmake",
          "ffmpeg");
  private static final Map<String, String> PIP_NAMES =
      Map.of(
          "pytorch", "torch",
          "matplotlib-base", "matplotlib",
          "py-xgboost", "xgboost",
          "msgpack-python", "msgpack",
          "opencv", "opencv-python-headless",
          "python-graphviz", "graphviz");

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
        Matcher m = CONDA.matcher(dependency.asText().strip());
        if (m.matches() && m.group(1).equals("python")) {
          version = m.group(2).replaceFirst("^[=<>~! ]+", "");
        } else if (m.matches()) {
          conda(m.group(1), m.group(2));
        }
      }
      dependency.path("pip").forEach(line -> pip(line.asText().strip()));
    }
    return new CondaFile(Optional.ofNullable(version), options, packages, wished, leftOut);
  }

  private void conda(String name, String version) {
    if (NOT_PYTHON.contains(name.toLowerCase(Locale.ROOT))) {
      if (!name.equals("pip") && !name.equals("setuptools") && !name.equals("wheel")) {
        leftOut.add(name);
      }
      return;
    }
    pip(PIP_NAMES.getOrDefault(name, name) + pipVersion(version.strip()));
  }

  /** Conda's {@code =1.2} means any 1.2, and a second {@code =} a build, which pip has not. */
  private static String pipVersion(String conda) {
    if (!conda.startsWith("=") || conda.startsWith("==")) {
      return conda.replaceFirst("^(==[^=,]+)=.*", "$1");
    }
    String version = conda.substring(1).split("=", 2)[0];
    return version.endsWith("*") ? "==" + version : "==" + version + ".*";
  }

  private void pip(String line) {
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
