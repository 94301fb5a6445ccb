package mlops.emulator.ml.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlResources;

/** The experiments that runs belong to. A job makes the one that it names. */
public final class Experiments {
  public static final String DELETED = "deleted";
  private static final String ACTIVE = "active";

  private final MlResources resources;

  public Experiments(MlResources resources) {
    this.resources = resources;
  }

  /** The id of an experiment, the same for a name in a workspace for ever. */
  public static String id(String workspace, String name) {
    String key = workspace.toLowerCase(Locale.ROOT) + "/" + name;
    return UUID.nameUUIDFromBytes(key.getBytes(UTF_8)).toString();
  }

  /** Makes an experiment where it is not there yet; inside {@code exclusively}. */
  public ObjectNode ensure(String workspace, String name) {
    String document = document(workspace, id(workspace, name));
    return resources.read(document).orElseGet(() -> make(workspace, name, document));
  }

  private ObjectNode make(String workspace, String name, String document) {
    long now = resources.now().toEpochMilli();
    ObjectNode experiment = Json.object().put("experiment_id", id(workspace, name));
    experiment.put("name", name).put("artifact_location", "");
    experiment.put("lifecycle_stage", ACTIVE).put("creation_time", now);
    experiment.put("last_update_time", now).putObject("tags");
    resources.state().write(document, experiment);
    return experiment;
  }

  public void write(String workspace, ObjectNode experiment) {
    experiment.put("last_update_time", resources.now().toEpochMilli());
    String id = experiment.path("experiment_id").asText();
    resources.state().write(document(workspace, id), experiment);
  }

  public Optional<ObjectNode> find(String workspace, String id) {
    return id.isEmpty() ? Optional.empty() : resources.read(document(workspace, id));
  }

  public Optional<ObjectNode> named(String workspace, String name) {
    return find(workspace, id(workspace, name));
  }

  public List<ObjectNode> all(String workspace) {
    return resources.state().list(workspace + "/experiments");
  }

  public static boolean isDeleted(JsonNode experiment) {
    return experiment.path("lifecycle_stage").asText().equals(DELETED);
  }

  private static String document(String workspace, String id) {
    return workspace + "/experiments/" + id;
  }
}
