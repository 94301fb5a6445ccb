package mlops.explain;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.profile.Profile;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/** How az is told the gate of the profile, which {@code mlops train} puts into a pipeline. */
final class GateOptions {

  /**
   * An option for each input of the pipeline that the gate sets to another value than its file.
   *
   * @param pipeline the file, from the folder of the profile
   */
  static List<Given.Option> of(Profile profile, String pipeline) {
    Map<String, String> gate = profile.gate().inputs();
    Path file = profile.folder().resolve(pipeline);
    return YamlFile.read(file, new Mistakes())
        .flatMap(YamlNode::asMap)
        .flatMap(job -> job.map("inputs"))
        .map(inputs -> gate.entrySet().stream().flatMap(i -> option(inputs, i).stream()).toList())
        .orElse(List.of());
  }

  private static Optional<Given.Option> option(YamlNode inputs, Map.Entry<String, String> limit) {
    return inputs
        .at(limit.getKey())
        .filter(value -> !value.isScalar() || !value.words().equals(limit.getValue()))
        .map(value -> "inputs.%s=%s".formatted(limit.getKey(), limit.getValue()))
        .map(set -> new Given.Option("--set", set));
  }

  private GateOptions() {}
}
