package mlops.emulator.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.template.language.Evaluation;

/**
 * What a deployment would change, resource by resource, by the plan that would be deployed. Nothing
 * is written. An expression that needs a resource which is not there yet stays an expression.
 */
final class WhatIf {
  private final RouterClient client;
  private final Nested nested;
  private final boolean payloads;
  private final List<ObjectNode> changes = new ArrayList<>();

  /** Reads the template of a nested deployment. */
  interface Nested {
    TemplateDeployment read(PlannedResource deployment, ObjectNode body);
  }

  /**
   * Of what a client may see.
   *
   * @param payloads whether resources and their properties are shown, or their ids alone
   */
  WhatIf(RouterClient client, Nested nested, boolean payloads) {
    this.client = client;
    this.nested = nested;
    this.payloads = payloads;
  }

  /**
   * The changes of a deployment, and what it leaves alone.
   *
   * @param there what the target holds
   */
  ArrayNode changes(TemplateDeployment deployment, List<ObjectNode> there) {
    add(deployment);
    Set<String> planned = new HashSet<>();
    changes.forEach(c -> planned.add(c.path("resourceId").asText().toLowerCase(Locale.ROOT)));
    for (ObjectNode resource : there) {
      String id = resource.path("id").asText();
      if (!planned.contains(id.toLowerCase(Locale.ROOT))) {
        change(id, "Ignore", Optional.of(shown(resource)), Optional.empty());
      }
    }
    ArrayNode all = Json.MAPPER.createArrayNode();
    changes.forEach(all::add);
    return all;
  }

  private void add(TemplateDeployment deployment) {
    for (PlannedResource resource : deployment.plan().resources()) {
      if (!resource.enabled() || resource.existing()) {
        continue;
      }
      ObjectNode wanted = wanted(resource, deployment.evaluation());
      if (resource.isDeployment()) {
        addNested(resource, wanted);
      } else {
        add(resource, wanted);
      }
    }
  }

  /** A nested deployment is no resource that anybody keeps: its own resources are. */
  private void addNested(PlannedResource resource, ObjectNode body) {
    try {
      add(nested.read(resource, body));
    } catch (ApiException e) {
      change(resource.id(), "Unsupported", Optional.empty(), Optional.empty())
          .put("unsupportedReason", e.message());
    }
  }

  private void add(PlannedResource resource, ObjectNode wanted) {
    ObjectNode after =
        Json.object()
            .put("apiVersion", resource.apiVersion())
            .put("id", resource.id())
            .put("name", resource.name().substring(resource.name().lastIndexOf('/') + 1))
            .put("type", resource.type());
    after.setAll(wanted);
    Optional<ObjectNode> found = client.find(resource.id(), resource.apiVersion());
    if (found.isEmpty()) {
      change(resource.id(), "Create", Optional.empty(), Optional.of(after));
      return;
    }
    if (!payloads) {
      change(resource.id(), "Deploy", Optional.empty(), Optional.empty());
      return;
    }
    List<ObjectNode> delta = PropertyChanges.between(found.get(), wanted);
    String type = delta.isEmpty() ? "NoChange" : "Modify";
    ObjectNode change = change(resource.id(), type, found.map(WhatIf::shown), Optional.of(after));
    change.putArray("delta").addAll(delta);
  }

  private ObjectNode change(
      String id, String type, Optional<ObjectNode> before, Optional<ObjectNode> after) {
    ObjectNode change = Json.object().put("resourceId", id).put("changeType", type);
    if (payloads) {
      before.ifPresent(b -> change.set("before", b));
      after.ifPresent(a -> change.set("after", a));
    }
    changes.add(change);
    return change;
  }

  private static ObjectNode shown(ObjectNode resource) {
    return resource.deepCopy().without(List.of("systemData", "etag"));
  }

  private static ObjectNode wanted(PlannedResource resource, Evaluation evaluation) {
    return (ObjectNode) ResourceBody.asFarAsKnown(resource, evaluation);
  }
}
