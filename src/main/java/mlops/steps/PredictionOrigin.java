package mlops.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

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

  /** The workspace that a file of predictions is noted to be of, where it is not this one. */
  public static Optional<String> another(Path predictions, String workspaceId) {
    try {
      return read(predictions)
          .map(PredictionOrigin::workspace)
          .filter(other -> !ArmIds.same(other, workspaceId));
    } catch (MlopsException e) {
      return Optional.empty(); // a note that cannot be read is written anew
    }
  }

  /** Notes it beside a file of predictions. */
  public void writeBeside(Path predictions) {
    Path file = beside(predictions);
    try {
      String json = JSON.writeValueAsString(this) + "\n";
      Path part = Files.writeString(file.resolveSibling(".origin"), json);
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
      return Optional.of(JSON.readValue(Files.readAllBytes(file), PredictionOrigin.class));
    } catch (IOException e) {
      String why = e instanceof JsonProcessingException ? "it is damaged" : e.getMessage();
      throw MlopsException.invalid(
          "%s cannot be read: %s".formatted(file, why),
          "Delete it, and score again: mlops batch-score");
    }
  }

  /**
   * Asks that a file of predictions is of what an endpoint does now. A file without an origin, from
   * elsewhere, is taken as it is.
   *
   * @param scoring the command that scores anew
   */
  public static void requireCurrent(
      Azure azure, Profile profile, Profile.Target target, Path predictions, String scoring) {
    Workspace workspace =
        new Workspace(azure, profile.resourceGroups().ml(), target.environment().workspace());
    read(predictions)
        .ifPresent(origin -> origin.requireCurrent(workspace, target, predictions, scoring));
  }

  private void requireCurrent(
      Workspace here, Profile.Target target, Path predictions, String scoring) {
    String again = "Score here: " + scoring;
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
    boolean same = endpoint.equals(target.endpointName()) && isDeployed(here, path);
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

  /** Whether the deployment is there, and still what it was when it scored. */
  private boolean isDeployed(Workspace here, String endpoint) {
    return here.find("%s/deployments/%s".formatted(endpoint, deployment))
        .map(found -> hash(new ScoringDeployment(deployment, found.path("properties"))))
        .filter(content::equals)
        .isPresent();
  }
}
