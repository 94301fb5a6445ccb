package mlops.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.template.function.TemplateValues;
import mlops.emulator.template.language.Evaluation;
import mlops.emulator.template.language.Frame;

/** What a template asks of a resource, as the request that deploys it. */
final class ResourceBody {
  /** What steers the deployment and is no part of the resource. */
  private static final List<String> CONTROL =
      List.of(
          "condition",
          "existing",
          "type",
          "apiVersion",
          "name",
          "dependsOn",
          "copy",
          "comments",
          "metadata",
          "scope",
          "resources",
          "resourceGroup",
          "subscriptionId");

  static JsonNode of(PlannedResource resource, Evaluation evaluation) {
    ObjectNode source = resource.source().deepCopy();
    source.remove(CONTROL);
    return resource.isDeployment()
        ? nested(source, resource, evaluation)
        : withoutNulls(evaluation.value(source, resource.frame()));
  }

  /** The same where some expressions have no value yet: those stay expressions. */
  static JsonNode asFarAsKnown(PlannedResource resource, Evaluation evaluation) {
    try {
      return of(resource, evaluation);
    } catch (ApiException e) {
      ObjectNode source = resource.source().deepCopy();
      source.remove(CONTROL);
      return withoutNulls(known(source, resource.frame(), evaluation));
    }
  }

  private static JsonNode known(JsonNode node, Frame frame, Evaluation evaluation) {
    try {
      return evaluation.value(node, frame);
    } catch (ApiException e) {
      if (node.isArray()) {
        return TemplateValues.array(
            TemplateValues.list(node).stream().map(n -> known(n, frame, evaluation)).toList());
      }
      if (!node.isObject()) {
        return node;
      }
      ObjectNode copy = Json.object();
      node.properties().forEach(f -> copy.set(f.getKey(), known(f.getValue(), frame, evaluation)));
      return copy;
    }
  }

  /** Members that are null count as not given. */
  private static JsonNode withoutNulls(JsonNode value) {
    if (value.isArray()) {
      return TemplateValues.array(
          TemplateValues.list(value).stream().map(ResourceBody::withoutNulls).toList());
    }
    if (!value.isObject()) {
      return value;
    }
    ObjectNode kept = Json.object();
    value.properties().stream()
        .filter(field -> !field.getValue().isNull())
        .forEach(field -> kept.set(field.getKey(), withoutNulls(field.getValue())));
    return kept;
  }

  /**
   * A nested deployment. Its expressions are those of the outer template unless it asks for a scope
   * of its own.
   */
  private static JsonNode nested(
      ObjectNode source, PlannedResource resource, Evaluation evaluation) {
    JsonNode template = source.at("/properties/template").deepCopy();
    boolean inner =
        source
            .at("/properties/expressionEvaluationOptions/scope")
            .asText()
            .equalsIgnoreCase("inner");
    if (source.path("properties") instanceof ObjectNode properties) {
      properties.remove(List.of("template", "expressionEvaluationOptions"));
    }
    ObjectNode body = (ObjectNode) evaluation.value(source, resource.frame());
    if (!template.isMissingNode()) {
      JsonNode evaluated = inner ? template : escaped(evaluation.value(template, resource.frame()));
      body.withObjectProperty("properties").set("template", evaluated);
    }
    return body;
  }

  /** Values that look like expressions are none: the nested deployment must not read them so. */
  private static JsonNode escaped(JsonNode node) {
    if (node.isTextual()) {
      boolean like = node.asText().startsWith("[") && node.asText().endsWith("]");
      return like ? TemplateValues.text("[" + node.asText()) : node;
    }
    if (node.isArray()) {
      return TemplateValues.array(
          StreamSupport.stream(node.spliterator(), false).map(ResourceBody::escaped).toList());
    }
    if (node.isObject()) {
      ObjectNode copy = Json.object();
      node.properties().forEach(e -> copy.set(e.getKey(), escaped(e.getValue())));
      return copy;
    }
    return node;
  }

  private ResourceBody() {}
}
