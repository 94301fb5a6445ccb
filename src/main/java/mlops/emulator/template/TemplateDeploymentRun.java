package mlops.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.template.function.TemplateErrors;
import mlops.emulator.template.language.Evaluation;
import mlops.emulator.template.language.ResourceReader;

/**
 * One deployment of a template: each resource after what it depends on or refers to. Resources that
 * do not depend on a failed one are deployed all the same, as on Azure.
 */
final class TemplateDeploymentRun implements ResourceReader {
  private final RouterClient client;
  private final BiConsumer<PlannedResource, Optional<ApiException>> report;
  private final Map<PlannedResource, Optional<ApiException>> done = new HashMap<>();
  private final Set<PlannedResource> underWay = new HashSet<>();
  private final List<ApiException> failures = new ArrayList<>();
  private Optional<DeploymentPlan> plan = Optional.empty();
  private Optional<Evaluation> evaluation = Optional.empty();

  /**
   * @param client sends each resource with the rights of whoever deploys
   * @param report told of each resource that was tried, and why it failed if it did
   */
  TemplateDeploymentRun(
      RouterClient client, BiConsumer<PlannedResource, Optional<ApiException>> report) {
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
    if (known != null) {
      return known;
    }
    if (!resource.enabled() || resource.existing()) {
      return Optional.empty();
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
      JsonNode body = ResourceBody.of(resource, evaluation.orElseThrow());
      client.put(resource.id(), resource.apiVersion(), body);
      return Optional.empty();
    } catch (ApiException e) {
      return Optional.of(e);
    }
  }

  private List<PlannedResource> own(String idOrName) {
    List<PlannedResource> own = plan.map(p -> p.find(idOrName)).orElse(List.of());
    for (PlannedResource resource : own) {
      Optional<ApiException> failure = deploy(resource);
      if (failure.isPresent()) {
        throw failure.get();
      }
    }
    return own;
  }

  @Override
  public ObjectNode resource(String idOrName, String apiVersion) {
    List<PlannedResource> own = own(idOrName);
    if (!own.isEmpty()) {
      return client.get(own.get(0).id(), own.get(0).apiVersion());
    }
    requireId(idOrName);
    if (apiVersion.isEmpty()) {
      throw TemplateErrors.template(
          "The resource '%s' is not defined in the template: the function 'reference' needs its API version"
              .formatted(idOrName));
    }
    return client.get(idOrName, apiVersion);
  }

  private static void requireId(String idOrName) {
    if (!idOrName.startsWith("/")) {
      throw TemplateErrors.template(
          "The resource '%s' is not defined in the template".formatted(idOrName));
    }
  }

  @Override
  public List<ObjectNode> loop(String symbol) {
    return own(symbol).stream()
        .filter(r -> r.isOf(symbol) && r.enabled())
        .sorted(Comparator.comparingInt(PlannedResource::index))
        .map(r -> client.get(r.id(), r.apiVersion()))
        .toList();
  }

  @Override
  public ObjectNode info(String symbol) {
    List<PlannedResource> own = plan.map(p -> p.find(symbol)).orElse(List.of());
    if (own.isEmpty()) {
      throw TemplateErrors.template(
          "The resource '%s' is not defined in the template".formatted(symbol));
    }
    PlannedResource resource = own.get(0);
    return Json.object()
        .put("id", resource.id())
        .put("name", resource.name())
        .put("type", resource.type())
        .put("apiVersion", resource.apiVersion());
  }

  @Override
  public JsonNode action(String idOrName, String action, String apiVersion, JsonNode body) {
    List<PlannedResource> own = own(idOrName);
    if (own.isEmpty()) {
      requireId(idOrName);
    }
    String id = own.isEmpty() ? idOrName : own.get(0).id();
    return client.post(id + "/" + action, apiVersion, body);
  }
}
