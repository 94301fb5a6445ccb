package mlops.steps.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.plan.Output;
import mlops.profile.Profile;
import mlops.steps.ScoringDeployment;

/**
 * The batch endpoint that scores.
 *
 * @param wanted the deployment that the user named; the endpoint's default scores if empty
 * @param promoted the deployment that an earlier stage makes the default; empty without one
 */
record ScoringEndpoint(
    Workspace workspace,
    Profile.Target target,
    Optional<String> wanted,
    Optional<Output<String>> promoted) {

  String name() {
    return target.endpointName();
  }

  Optional<ObjectNode> find() {
    return workspace.find().isEmpty() ? Optional.empty() : workspace.find(path());
  }

  private ObjectNode required() {
    return find().orElseThrow(this::missing);
  }

  private String path() {
    return "batchEndpoints/" + name();
  }

  /** Whether an earlier stage has yet to say which deployment is the default. */
  boolean isYetPromoted() {
    return promoted.filter(p -> p.ifKnown().isEmpty()).isPresent();
  }

  /** Where requests to score go. */
  String scoringUri() {
    return required().path("properties").path("scoringUri").asText();
  }

  /** The jobs that it made, the newest first. */
  List<JsonNode> jobs() {
    return workspace.jobsOf(path());
  }

  /**
   * The deployment that scores.
   *
   * @throws MlopsException FAILED where the endpoint does not exist, or has no such deployment
   */
  ScoringDeployment deployment() {
    String standard =
        required().path("properties").path("defaults").path("deploymentName").asText("");
    String deployment = wanted.or(() -> promoted.map(Output::get)).orElse(standard);
    if (deployment.isEmpty()) {
      throw MlopsException.failed(
          "NoDefaultDeployment",
          "batch endpoint %s has no default deployment".formatted(name()),
          "Promote a model there (mlops promote), or name one with --deployment.");
    }
    return workspace
        .find("%s/deployments/%s".formatted(path(), deployment))
        .map(found -> new ScoringDeployment(deployment, found.path("properties")))
        .orElseThrow(() -> without(deployment));
  }

  /** The default deployment; empty where there is none. */
  Optional<ScoringDeployment> serving() {
    return find()
        .map(ScoringDeployment::servingAt)
        .filter(name -> !name.isEmpty())
        .flatMap(
            name ->
                workspace
                    .find("%s/deployments/%s".formatted(path(), name))
                    .map(found -> new ScoringDeployment(name, found.path("properties"))));
  }

  private MlopsException missing() {
    return MlopsException.failed(
        "EndpointNotFound",
        "workspace %s has no batch endpoint %s".formatted(workspace.name(), name()),
        "Promote a model there first: mlops promote --to " + target.name());
  }

  private MlopsException without(String deployment) {
    return MlopsException.failed(
        "DeploymentNotFound",
        "batch endpoint %s has no deployment %s".formatted(name(), deployment),
        "mlops status shows those it has; without --deployment the default one scores.");
  }
}
