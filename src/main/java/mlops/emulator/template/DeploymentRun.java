package mlops.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.StreamSupport;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.template.language.CopyLoop;
import mlops.emulator.template.language.Evaluation;
import mlops.emulator.template.language.Functions;
import mlops.emulator.template.language.ResourceReader;
import mlops.emulator.template.language.TemplateErrors;

/**
 * One deployment of a template: each resource after what it depends on or refers to. Resources that
 * do not depend on a failed one are deployed all the same, as on Azure.
 */
final class DeploymentRun implements ResourceReader {
  private static final List<String> CONTROL =
      List.of(
          "condition",
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

  private final RouterClient client;
  private final BiConsumer<PlannedResource, Optional<ApiException>> report;
  private final Map<PlannedResource, Optional<ApiException>> done = new HashMap<>();
  private final Set<PlannedResource> underWay = new HashSet<>();
  private final List<ApiException> failures = new ArrayList<>();
  private Optional<DeploymentPlan> plan = Optional.empty();
  private Optional<Evaluation> evaluation = Optional.empty();

  /**
   * @param report told of each resource that was tried, and why it failed if it did
   */
  DeploymentRun(RouterClient client, BiConsumer<PlannedResource, Optional<ApiException>> report) {
    this.client = client;
    this.report = report;
  }

  /** Deploys all; the failures in the order in which they came. */
  List<ApiException> deploy(DeploymentPlan plan, Evaluation evaluation) {
    this.plan = Optional.of(plan);
    this.evaluation = Optional.of(evaluation);
    plan.resources().forEach(this::deploy);
    return List.copyOf(failures);
  }

  /** Deploys a resource once; why it is not there, if it is not. */
  private Optional<ApiException> deploy(PlannedResource resource) {
    Optional<ApiException> known = done.get(resource);
    if (known != null || !resource.enabled()) {
      return known == null ? Optional.empty() : known;
    }
    if (!underWay.add(resource)) {
      return Optional.of(
          TemplateErrors.template(
              "Circular dependency detected on resource: '%s'".formatted(resource.id())));
    }
    Optional<ApiException> failure = blocked(resource);
    if (failure.isEmpty()) {
      failure = attempt(resource);
      failure.ifPresent(failures::add);
      report.accept(resource, failure);
    }
    done.put(resource, failure);
    return failure;
  }

  private Optional<ApiException> blocked(PlannedResource resource) {
    return resource.dependsOn().stream()
        .flatMap(d -> plan.orElseThrow().find(d).stream())
        .map(this::deploy)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<ApiException> attempt(PlannedResource resource) {
    try {
      client.put(resource.id(), resource.apiVersion(), body(resource));
      return Optional.empty();
    } catch (ApiException e) {
      return Optional.of(e);
    }
  }

  private JsonNode body(PlannedResource resource) {
    ObjectNode source = resource.source().deepCopy();
    source.remove(CONTROL);
    boolean nested = resource.type().equalsIgnoreCase("Microsoft.Resources/deployments");
    if (!nested) {
      return evaluation.orElseThrow().value(source, resource.loop());
    }
    return nested(source, resource.loop());
  }

  /**
   * A nested deployment. Its expressions are those of the outer template unless it asks for a scope
   * of its own.
   */
  private JsonNode nested(ObjectNode source, CopyLoop loop) {
    Evaluation outer = evaluation.orElseThrow();
    JsonNode template = source.at("/properties/template").deepCopy();
    boolean inner =
        source
            .at("/properties/expressionEvaluationOptions/scope")
            .asText()
            .equalsIgnoreCase("inner");
    source.withObject("/properties").remove(List.of("template", "expressionEvaluationOptions"));
    ObjectNode body = (ObjectNode) outer.value(source, loop);
    JsonNode evaluated = inner ? template : escaped(outer.value(template, loop));
    body.withObject("/properties").set("template", evaluated);
    return body;
  }

  /** Values that look like expressions are not: the nested deployment must not read them so. */
  private static JsonNode escaped(JsonNode node) {
    if (node.isTextual()) {
      boolean like = node.asText().startsWith("[") && node.asText().endsWith("]");
      return like ? Functions.text("[" + node.asText()) : node;
    }
    if (node.isArray()) {
      return Functions.array(
          StreamSupport.stream(node.spliterator(), false).map(DeploymentRun::escaped).toList());
    }
    if (node.isObject()) {
      ObjectNode copy = Json.object();
      node.properties().forEach(e -> copy.set(e.getKey(), escaped(e.getValue())));
      return copy;
    }
    return node;
  }

  @Override
  public ObjectNode resource(String idOrName, String apiVersion) {
    List<PlannedResource> own = plan.map(p -> p.find(idOrName)).orElse(List.of());
    for (PlannedResource resource : own) {
      Optional<ApiException> failure = deploy(resource);
      if (failure.isPresent()) {
        throw failure.get();
      }
    }
    if (!own.isEmpty()) {
      return client.get(own.get(0).id(), own.get(0).apiVersion());
    }
    if (!idOrName.startsWith("/")) {
      throw TemplateErrors.template(
          "The resource '%s' is not defined in the template".formatted(idOrName));
    }
    return client.get(idOrName, apiVersion);
  }

  @Override
  public JsonNode action(String id, String action, String apiVersion, JsonNode body) {
    List<PlannedResource> own = plan.map(p -> p.find(id)).orElse(List.of());
    own.forEach(this::deploy);
    String target = own.isEmpty() ? id : own.get(0).id();
    return client.post(
        target + "/" + action, apiVersion, body.isMissingNode() ? Json.object() : body);
  }
}
