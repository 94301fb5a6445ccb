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

  /**
   * Reads it.
   *
   * @param type of the component, as its job says it
   */
  static ComponentField of(String job, FileSection source, YamlNode node, String type) {
    if (node.isMap()) {
      return of(ComponentFile.read(source.at(node), Optional.of(job)), "YAML.JOB");
    }
    Optional<String> text = node.asText();
    if (text.isPresent() && !LocalPath.isRemote(text.get())) {
      return file(job, source, node, type);
    }
    boolean registry = text.orElse("").startsWith("azureml://");
    JsonNode id =
        text.flatMap(t -> ReferenceFields.version(node, "components")).orElse(TextNode.valueOf(""));
    String from = registry ? "REMOTE.REGISTRY" : "REMOTE.WORKSPACE.COMPONENT";
    return new ComponentField(id, type, Optional.empty(), from);
  }

  /** One that is written {@code file:x.yml} counts as if it stood in the job. */
  private static ComponentField file(String job, FileSection source, YamlNode node, String type) {
    boolean inline = node.asText().orElse("").startsWith("file:");
    Optional<ParsedComponent> component =
        LocalPath.file(source, node)
            .flatMap(path -> source.open(node, path))
            .map(file -> ComponentFile.read(file, inline ? Optional.of(job) : Optional.empty()));
    component
        .filter(c -> source.node().at("type").isPresent() && !c.type().equals(type))
        .ifPresent(
            c ->
                node.mistake(
                    "%s: the component is a %s, the job says type: %s"
                        .formatted(node.name(), c.type(), type),
                    "write type: " + c.type()));
    String from = inline ? "YAML.JOB" : "YAML.COMPONENT";
    return component
        .map(c -> of(c, from))
        .orElseGet(() -> new ComponentField(TextNode.valueOf(""), type, Optional.empty(), from));
  }

  private static ComponentField of(ParsedComponent component, String source) {
    JsonNode id = ReferenceFields.pojo(new UnresolvedReference.Made(component.draft()));
    return new ComponentField(id, component.type(), Optional.of(component), source);
  }

  Ports ports() {
    return component.map(ParsedComponent::ports).orElse(Ports.UNKNOWN);
  }
}
