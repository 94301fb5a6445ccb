package mlops.assets.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import mlops.assets.field.FileSection;
import mlops.assets.field.LocalPath;
import mlops.assets.field.ReferenceFields;
import mlops.assets.field.UnresolvedReference;
import mlops.assets.io.Ports;
import mlops.yaml.YamlNode;

/**
 * The field {@code component} of a job: a file, a component of the workspace or a registry, or one
 * that stands here.
 *
 * @param component empty where only Azure can look at it
 * @param source where it comes from, in Azure's words
 */
record ComponentField(
    JsonNode id, String type, Optional<ParsedComponent> component, String source) {

  static ComponentField of(String job, FileSection source, YamlNode node) {
    String type = source.node().text("type").orElse("command");
    if (node.isMap()) {
      return of(ComponentFile.read(source.at(node), Optional.of(job)), "YAML.JOB");
    }
    Optional<String> text = node.asText();
    if (text.isPresent() && !LocalPath.isRemote(text.get())) {
      return file(source, node, type);
    }
    boolean registry = text.orElse("").startsWith("azureml://");
    JsonNode id =
        text.flatMap(t -> ReferenceFields.version(node, "components")).orElse(TextNode.valueOf(""));
    String from = registry ? "REMOTE.REGISTRY" : "REMOTE.WORKSPACE.COMPONENT";
    return new ComponentField(id, type, Optional.empty(), from);
  }

  private static ComponentField file(FileSection source, YamlNode node, String type) {
    Optional<ParsedComponent> component =
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

  private static ComponentField of(ParsedComponent component, String source) {
    JsonNode id = ReferenceFields.pojo(new UnresolvedReference.Made(component.draft()));
    return new ComponentField(id, component.type(), Optional.of(component), source);
  }

  Ports ports() {
    return component.map(ParsedComponent::ports).orElse(Ports.UNKNOWN);
  }
}
