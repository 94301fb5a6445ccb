package mlops.project;

import java.util.Optional;
import mlops.yaml.YamlNode;

/** The name under which a job registers its model, as far as its file tells. */
final class ModelName {

  static Optional<String> of(YamlNode job) {
    for (YamlNode child : job.map("jobs").orElseGet(job::nothing).entries().values()) {
      Optional<String> name =
          child
              .map("inputs")
              .flatMap(inputs -> inputs.text("model_name"))
              .filter(n -> !n.contains("$"));
      if (name.isPresent()) {
        return name;
      }
    }
    return job.map("outputs").orElseGet(job::nothing).entries().values().stream()
        .filter(output -> output.isMap() && output.text("type").orElse("").endsWith("_model"))
        .flatMap(output -> output.text("name").stream())
        .findFirst();
  }

  private ModelName() {}
}
