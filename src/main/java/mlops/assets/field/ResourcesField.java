package mlops.assets.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.yaml.YamlNode;

/** The field {@code resources}: how many machines of what kind. */
public final class ResourcesField {
  private static final List<String> FIELDS =
      FieldNames.of(
          "instance_count instance_type shm_size docker_args properties locations "
              + "max_instance_count");

  /** As deployments and stand-alone jobs have it. */
  public static ObjectNode deployment(FileSection resources) {
    allow(resources);
    return new RequestBody(resources)
        .integer("instance_count", "instanceCount", 1)
        .text("instance_type", "instanceType")
        .set("properties", RequestBody.object())
        .with("properties", "properties", ResourcesField::properties)
        .json();
  }

  /** As command jobs have it. */
  public static ObjectNode job(FileSection resources) {
    return deployment(resources)
        .setAll(
            new RequestBody(resources)
                .text("shm_size", "shmSize")
                .text("docker_args", "dockerArgs")
                .json());
  }

  /** As component specs and the jobs of a pipeline have it: words as in YAML. */
  public static ObjectNode node(FileSection resources) {
    allow(resources);
    return new RequestBody(resources)
        .integer("instance_count", "instance_count", 1)
        .text("instance_type", "instance_type")
        .text("shm_size", "shm_size")
        .text("docker_args", "docker_args")
        .with("properties", "properties", ResourcesField::properties)
        .json();
  }

  private static Optional<JsonNode> properties(YamlNode node) {
    return node.asMap().map(YamlNode::json);
  }

  private static void allow(FileSection resources) {
    resources.node().allow(FIELDS);
    UnsupportedField.fields(resources.node(), "locations", "max_instance_count");
  }

  private ResourcesField() {}
}
