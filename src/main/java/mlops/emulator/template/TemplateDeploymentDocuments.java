package mlops.emulator.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.state.StateTree;
import mlops.emulator.template.function.TemplateHash;

/** Deployments and their operations as they are kept and shown. */
final class TemplateDeploymentDocuments {
  private static final String TEMPLATE = "/exported/template";

  private final StateTree state;
  private final Clock clock;

  TemplateDeploymentDocuments(StateTree state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  /** Keeps a deployment that begins; operations of an earlier one of that name go. */
  ObjectNode start(
      String id, ObjectNode body, DeploymentPlan plan, ObjectNode parameters, Instant start) {
    ObjectNode document = draft(id, body, plan, parameters, UUID.randomUUID().toString());
    ObjectNode properties = document.withObject("/properties");
    properties.put("provisioningState", "Accepted");
    properties.put("timestamp", start.toString()).put("duration", "PT0S");
    state.delete(id + "/operations");
    ObjectNode sent = Json.object();
    sent.set("template", body.at("/properties/template"));
    state.write(id + TEMPLATE, sent);
    state.write(id, document);
    return document;
  }

  /** The template that a deployment was made of. */
  JsonNode template(String id) {
    return state.read(id + TEMPLATE).orElseGet(Json::object).path("template");
  }

  /** A deployment before anything is done. */
  ObjectNode draft(
      String id,
      ObjectNode body,
      DeploymentPlan plan,
      ObjectNode parameters,
      String correlationId) {
    ObjectNode document = ArmResources.envelope(id, Deployments.TYPE);
    for (String kept : List.of("location", "tags")) {
      if (body.hasNonNull(kept)) {
        document.set(kept, body.get(kept));
      }
    }
    ObjectNode properties = document.putObject("properties");
    byte[] template = Json.bytes(body.at("/properties/template"));
    properties.put("templateHash", TemplateHash.number(template));
    properties.set("parameters", parameters);
    properties.put("mode", "Incremental").put("provisioningState", "Succeeded");
    properties.put("timestamp", clock.instant().toString()).put("duration", "PT0S");
    properties.put("correlationId", correlationId);
    properties.set("providers", providers(plan));
    properties.set("dependencies", dependencies(plan));
    return document;
  }

  /** A deployment as the function {@code deployment()} answers it, while it is under way. */
  ObjectNode asFunction(String name, JsonNode body) {
    ObjectNode shown = Json.object().put("name", name);
    if (body.hasNonNull("location")) {
      shown.set("location", body.get("location"));
    }
    JsonNode sent = body.path("properties");
    ObjectNode properties = shown.putObject("properties");
    properties.set("template", sent.path("template"));
    properties.put("templateHash", TemplateHash.number(Json.bytes(sent.path("template"))));
    properties.set(
        "parameters", sent.path("parameters").isObject() ? sent.get("parameters") : Json.object());
    properties.put("mode", "Incremental").put("provisioningState", "Accepted");
    return shown;
  }

  private static ArrayNode providers(DeploymentPlan plan) {
    Map<String, Set<String>> types = new TreeMap<>();
    for (PlannedResource resource : plan.resources()) {
      String[] parts = resource.type().split("/", 2);
      types.computeIfAbsent(parts[0], p -> new TreeSet<>()).add(parts[1]);
    }
    ArrayNode providers = Json.MAPPER.createArrayNode();
    types.forEach(
        (namespace, names) -> {
          ArrayNode list =
              providers.addObject().put("namespace", namespace).putArray("resourceTypes");
          for (String name : names) {
            list.addObject().put("resourceType", name).putArray("locations");
          }
        });
    return providers;
  }

  private static ArrayNode dependencies(DeploymentPlan plan) {
    ArrayNode dependencies = Json.MAPPER.createArrayNode();
    for (PlannedResource resource : plan.resources()) {
      if (!resource.dependsOn().isEmpty()) {
        ObjectNode entry = dependencies.addObject();
        ArrayNode dependsOn = entry.putArray("dependsOn");
        for (String reference : resource.dependsOn()) {
          plan.find(reference).forEach(d -> d.shown(dependsOn.addObject()));
        }
        resource.shown(entry);
      }
    }
    return dependencies;
  }

  void operation(
      String deployment, PlannedResource resource, Optional<ApiException> failure, Instant start) {
    String name = TemplateHash.number(resource.id().toLowerCase(Locale.ROOT).getBytes(UTF_8));
    String id = deployment + "/operations/" + name;
    ObjectNode document = Json.object().put("id", id).put("operationId", name);
    ObjectNode properties = document.putObject("properties");
    properties.put("provisioningOperation", "Create");
    properties.put("provisioningState", failure.isPresent() ? "Failed" : "Succeeded");
    properties.put("timestamp", clock.instant().toString()).put("duration", since(start));
    properties.put("statusCode", failure.map(f -> reason(f.status())).orElse("OK"));
    failure.ifPresent(f -> properties.putObject("statusMessage").set("error", error(f)));
    ObjectNode target = resource.shown(properties.putObject("targetResource"));
    if (resource.type().equalsIgnoreCase("Microsoft.Resources/deployments")
        && !resource.id().contains("/resourceGroups/")) {
      // azure-ai-ml reads every id of this list, and fails at one that names no group
      target.put("id", deployment.substring(0, deployment.lastIndexOf('/') + 1) + resource.name());
    }
    state.write(id, document);
  }

  private static String reason(int status) {
    return switch (status) {
      case 400 -> "BadRequest";
      case 403 -> "Forbidden";
      case 404 -> "NotFound";
      case 409 -> "Conflict";
      default -> Integer.toString(status);
    };
  }

  void succeeded(ObjectNode document, DeploymentPlan plan, JsonNode outputs, Instant start) {
    ObjectNode properties = end(document, "Succeeded", start);
    properties.set("outputs", outputs);
    ArrayNode resources = properties.putArray("outputResources");
    plan.resources().stream()
        .filter(r -> r.enabled() && !r.existing())
        .forEach(r -> resources.addObject().put("id", r.id()));
    state.write(document.path("id").asText(), document);
  }

  void failed(ObjectNode document, List<ApiException> failures, Instant start) {
    ObjectNode error = end(document, "Failed", start).putObject("error");
    error.put("code", "DeploymentFailed");
    error.put(
        "message",
        "At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.");
    ArrayNode details = error.putArray("details");
    failures.forEach(f -> details.add(error(f)));
    state.write(document.path("id").asText(), document);
  }

  private static ObjectNode error(ApiException failure) {
    return Json.object().put("code", failure.code()).put("message", failure.message());
  }

  private ObjectNode end(ObjectNode document, String provisioning, Instant start) {
    ObjectNode properties = document.withObject("/properties");
    properties.put("provisioningState", provisioning);
    properties.put("timestamp", clock.instant().toString()).put("duration", since(start));
    return properties;
  }

  private String since(Instant start) {
    return Duration.between(start, clock.instant()).toString();
  }
}
