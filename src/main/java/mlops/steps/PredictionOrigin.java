package mlops.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import mlops.azure.Azure;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.profile.Profile;

/**
 * Which scoring a file of predictions comes from. It is kept beside the file, so that nobody takes
 * predictions of another Azure, or of an earlier model, for those of what serves now.
 *
 * @param workspace the ARM id of the workspace
 * @param endpoint the name of the batch endpoint
 * @param deployment the deployment that scored
 * @param chosen whether it was named, and not just the endpoint's default
 * @param content a hash of what decides its predictions
 */
public record PredictionOrigin(
    String workspace,
    String endpoint,
    String job,
    String deployment,
    boolean chosen,
    String content) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The origin of what a job scored with a deployment. */
  public static PredictionOrigin of(
      Workspace workspace,
      String endpoint,
      String job,
      ScoringDeployment deployed,
      boolean chosen) {
    return new PredictionOrigin(
        workspace.id(), endpoint, job, deployed.name(), chosen, hash(deployed));
  }

  private static String hash(ScoringDeployment deployed) {
    byte[] content = deployed.content().getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(content).toString();
  }

  private static Path beside(Path predictions) {
    return predictions.resolveSibling("origin.json");
  }

  /** Whether a file of predictions is noted to be of this origin. */
  public boolean isBeside(Path predictions) {
    try {
      return read(predictions).filter(this::equals).isPresent();
    } catch (MlopsException e) {
      return false; // a note that cannot be read is written anew
    }
  }

  /** Notes it beside a file of predictions. */
  public void writeBeside(Path predictions) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("workspace", workspace).put("endpoint", endpoint).put("job", job);
    json.put("deployment", deployment).put("chosen", chosen).put("content", content);
    Path file = beside(predictions);
    try {
      Path part = Files.writeString(file.resolveSibling(".origin"), json.toPrettyString() + "\n");
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be written".formatted(file), e);
    }
  }

  /** Takes away what is noted beside a file of predictions. */
  public static void removeBeside(Path predictions) {
    Path file = beside(predictions);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be deleted".formatted(file), e);
    }
  }

  private static Optional<PredictionOrigin> read(Path predictions) {
    Path file = beside(predictions);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      if (json.path("job").asText().isEmpty() || json.path("workspace").asText().isEmpty()) {
        throw new IOException("it names no job and workspace");
      }
      return Optional.of(
          new PredictionOrigin(
              json.path("workspace").asText(),
              json.path("endpoint").asText(),
              json.path("job").asText(),
              json.path("deployment").asText(),
              json.path("chosen").asBoolean(),
              json.path("content").asText()));
    } catch (IOException e) {
      throw MlopsException.invalid(
          "%s cannot be read: %s".formatted(file, e.getMessage()),
          "Delete it, and score again: mlops batch-score");
    }
  }

  /**
   * Asks that a file of predictions is of what an endpoint does now. A file without an origin, from
   * elsewhere, is taken as it is.
   */
  public static void requireCurrent(
      Azure azure, Profile profile, Profile.Target target, Path predictions) {
    Workspace workspace =
        new Workspace(azure, profile.resourceGroups().ml(), target.environment().workspace());
    read(predictions).ifPresent(origin -> origin.requireCurrent(workspace, target, predictions));
  }

  private void requireCurrent(Workspace here, Profile.Target target, Path predictions) {
    String again = "Score here: mlops batch-score --env " + target.environment().name();
    if (!ArmIds.same(workspace, here.id())
        || here.find().isEmpty()
        || here.find("jobs/" + job).isEmpty()) {
      throw MlopsException.failed(
          "PredictionsOfAnother",
          "%s was scored by job %s of %s, which is not in %s"
              .formatted(predictions, job, workspace.replaceFirst(".*/", ""), here.name()),
          again);
    }
    String path = "batchEndpoints/" + target.endpointName();
    String standard =
        here.find(path)
            .map(found -> found.at("/properties/defaults/deploymentName").asText())
            .orElse("");
    boolean same =
        endpoint.equals(target.endpointName())
            && here.find("%s/deployments/%s".formatted(path, deployment))
                .map(found -> hash(new ScoringDeployment(deployment, found.path("properties"))))
                .filter(content::equals)
                .isPresent();
    if (!same || !(chosen || deployment.equals(standard))) {
      throw MlopsException.failed(
          "PredictionsOutdated",
          "%s was scored by %s, but endpoint %s %s now"
              .formatted(
                  predictions,
                  deployment,
                  target.endpointName(),
                  same ? "has the default " + standard : "has changed it or lost it"),
          again);
    }
  }
}
