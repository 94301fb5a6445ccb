package mlops.emulator.ml;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import mlops.emulator.http.Json;

/** The experiments that runs belong to. A job makes the one that it names. */
final class Experiments {
  static final String DELETED = "deleted";
  private static final String ACTIVE = "active";

  private final MlResources resources;

  Experiments(MlResources resources) {
    this.resources = resources;
  }

  /** The id of an experiment, the same for a name in a workspace for ever. */
  static String id(String workspace, String name) {
    String key = workspace.toLowerCase(Locale.ROOT) + "/" + name;
    return UUID.nameUUIDFromBytes(key.getBytes(UTF_8)).toString();
  }

  /** Makes an experiment where it is not there yet; inside {@code exclusively}. */
  ObjectNode ensure(String workspace, String name) {
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

  void write(String workspace, ObjectNode experiment) {
    experiment.put("last_update_time", resources.now().toEpochMilli());
    String id = experiment.path("experiment_id").asText();
    resources.state().write(document(workspace, id), experiment);
  }

  Optional<ObjectNode> find(String workspace, String id) {
    return id.isEmpty() ? Optional.empty() : resources.read(document(workspace, id));
  }

  Optional<ObjectNode> named(String workspace, String name) {
    return find(workspace, id(workspace, name));
  }

  List<ObjectNode> all(String workspace) {
    return resources.state().list(workspace + "/experiments");
  }

  static boolean isDeleted(JsonNode experiment) {
    return experiment.path("lifecycle_stage").asText().equals(DELETED);
  }

  private static String document(String workspace, String id) {
    return workspace + "/experiments/" + id;
  }
}
