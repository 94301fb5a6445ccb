package mlops.assets.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import mlops.assets.field.Ids;
import mlops.assets.field.LocalPath;
import mlops.assets.field.Reference;
import mlops.assets.field.Source;
import mlops.assets.port.Ports;
import mlops.yaml.YamlNode;

/**
 * The field {@code component} of a job: a file, a component of the workspace or a registry, or one
 * that stands here.
 *
 * @param component empty where only Azure can look at it
 * @param source where it comes from, in Azure's words
 */
record ComponentField(JsonNode id, String type, Optional<Component> component, String source) {

  static ComponentField of(String job, Source source, YamlNode node) {
    String type = source.node().text("type").orElse("command");
    if (node.isMap()) {
      return of(ComponentFile.read(source.at(node), Optional.of(job)), "YAML.JOB");
    }
    Optional<String> text = node.asText();
    if (text.isPresent() && !LocalPath.isRemote(text.get())) {
      return file(source, node, type);
    }
    boolean registry = text.orElse("").startsWith("azureml://");
    JsonNode id = text.flatMap(t -> Ids.version(node, "components")).orElse(TextNode.valueOf(""));
    String from = registry ? "REMOTE.REGISTRY" : "REMOTE.WORKSPACE.COMPONENT";
    return new ComponentField(id, type, Optional.empty(), from);
  }

  private static ComponentField file(Source source, YamlNode node, String type) {
    Optional<Component> component =
        LocalPath.file(source, node)
            .flatMap(path -> source.open(node, path))
            .map(file -> ComponentFile.read(file, Optional.empty()));
    component
        .filter(c -> source.node().at("type").isPresent() && !c.type().equals(type))
        .ifPresent(
            c ->
                node.mistake(
                    "%s: the component is a %s, the job says type: %s"
                        .formatted(node.name(), c.type(), type),
                    "write type: " + c.type()));
    return component
        .map(c -> of(c, "YAML.COMPONENT"))
        .orElseGet(
            () ->
                new ComponentField(TextNode.valueOf(""), type, Optional.empty(), "YAML.COMPONENT"));
  }

  private static ComponentField of(Component component, String source) {
    JsonNode id = Ids.pojo(new Reference.Made(component.draft()));
    return new ComponentField(id, component.type(), Optional.of(component), source);
  }

  Ports ports() {
    return component.map(Component::ports).orElse(Ports.UNKNOWN);
  }
}
