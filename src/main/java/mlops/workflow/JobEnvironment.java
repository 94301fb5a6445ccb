package mlops.workflow;

import java.util.Optional;
import mlops.workflow.expression.ContextPlace;
import mlops.yaml.FilePosition;
import mlops.yaml.YamlNode;

/** The environment that a job deploys into. */
public record JobEnvironment(
    FilePosition place, ExpressionText name, Optional<ExpressionText> url) {

  static Optional<JobEnvironment> of(YamlNode job) {
    return job.at("environment").flatMap(node -> node.isMap() ? ofMap(node) : ofName(node));
  }

  private static Optional<JobEnvironment> ofName(YamlNode node) {
    return ExpressionText.of(node, ContextPlace.JOB)
        .map(name -> new JobEnvironment(node.place(), name, Optional.empty()));
  }

  private static Optional<JobEnvironment> ofMap(YamlNode map) {
    map.allow("name", "url");
    Optional<ExpressionText> url = ExpressionText.at(map, "url", ContextPlace.JOB_RESULT);
    return map.required("name")
        .flatMap(name -> ExpressionText.of(name, ContextPlace.JOB))
        .map(name -> new JobEnvironment(map.place(), name, url));
  }
}
