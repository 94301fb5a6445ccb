package mlops.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.template.language.CopyLoop;
import mlops.emulator.template.language.DeploymentScope;
import mlops.emulator.template.language.Evaluation;
import mlops.emulator.template.language.Functions;
import mlops.emulator.template.language.TemplateErrors;

/** The resources of a template, with loops unrolled and conditions decided. */
final class DeploymentPlan {
  private final Evaluation evaluation;
  private final DeploymentScope target;
  private final List<PlannedResource> resources = new ArrayList<>();

  private DeploymentPlan(Evaluation evaluation, DeploymentScope target) {
    this.evaluation = evaluation;
    this.target = target;
  }

  /**
   * Reads the resources of a template.
   *
   * @throws mlops.emulator.http.ApiException 400 InvalidTemplate
   */
  static DeploymentPlan of(JsonNode template, Evaluation evaluation, DeploymentScope target) {
    DeploymentPlan plan = new DeploymentPlan(evaluation, target);
    JsonNode resources = template.path("resources");
    if (resources.isObject()) {
      resources.properties().forEach(e -> plan.add(e.getValue(), e.getKey(), "", "", true));
    } else {
      resources.forEach(r -> plan.add(r, "", "", "", true));
    }
    plan.requireKnownDependencies();
    plan.requireNoCircle();
    return plan;
  }

  List<PlannedResource> resources() {
    return resources;
  }

  /** The resources that a reference means: several for the name of a loop. */
  List<PlannedResource> find(String reference) {
    return resources.stream().filter(r -> r.answersTo(reference)).toList();
  }

  private void add(
      JsonNode source, String symbol, String parentType, String parentName, boolean parentEnabled) {
    JsonNode copy = source.path("copy");
    if (!copy.isObject()) {
      addOne(source, symbol, parentType, parentName, CopyLoop.NONE, parentEnabled);
      return;
    }
    String name = copy.path("name").asText();
    int count = evaluation.count(copy, CopyLoop.NONE);
    for (int i = 0; i < count; i++) {
      CopyLoop loop = CopyLoop.NONE.at(name, i);
      addOne(source, symbol.isEmpty() ? name : symbol, parentType, parentName, loop, parentEnabled);
    }
  }

  private void addOne(
      JsonNode source,
      String symbol,
      String parentType,
      String parentName,
      CopyLoop loop,
      boolean parentEnabled) {
    boolean enabled = parentEnabled && enabled(source, loop);
    String type = parentType + text(source, "type", loop);
    String name = parentName + text(source, "name", loop);
    String id = DeploymentScope.resource(scope(source, type, loop), type, name);
    List<String> dependsOn = new ArrayList<>();
    evaluation.value(source.path("dependsOn"), loop).forEach(d -> dependsOn.add(d.asText()));
    resources.add(
        new PlannedResource(
            id,
            type,
            name,
            symbol,
            text(source, "apiVersion", loop),
            enabled,
            (ObjectNode) source,
            loop,
            dependsOn));
    for (JsonNode child : source.path("resources")) {
      add(child, "", type + "/", name + "/", enabled);
    }
  }

  private boolean enabled(JsonNode source, CopyLoop loop) {
    return !source.has("condition")
        || Functions.truth(evaluation.value(source.get("condition"), loop));
  }

  private String text(JsonNode source, String field, CopyLoop loop) {
    JsonNode value = evaluation.value(source.path(field), loop);
    if (Evaluation.isNothing(value) || value.asText().isBlank()) {
      throw TemplateErrors.template("A resource of the template has no '%s'".formatted(field));
    }
    return value.asText();
  }

  private String scope(JsonNode source, String type, CopyLoop loop) {
    if (source.has("scope")) {
      String scope = evaluation.value(source.get("scope"), loop).asText();
      return scope.startsWith("/") ? scope : target.id() + "/providers/" + scope;
    }
    Optional<String> subscription = optional(source, "subscriptionId", loop);
    Optional<String> group = optional(source, "resourceGroup", loop);
    boolean elsewhere = subscription.isPresent() && group.isEmpty();
    boolean deployment = type.equalsIgnoreCase("Microsoft.Resources/deployments");
    return new DeploymentScope(
            subscription.orElse(target.subscription()),
            deployment && elsewhere ? "" : group.orElse(target.group()))
        .id();
  }

  private Optional<String> optional(JsonNode source, String field, CopyLoop loop) {
    return Optional.of(evaluation.value(source.path(field), loop))
        .filter(TextNode.class::isInstance)
        .map(JsonNode::asText)
        .filter(text -> !text.isEmpty());
  }

  private void requireKnownDependencies() {
    for (PlannedResource resource : resources) {
      for (String dependency : resource.dependsOn()) {
        if (find(dependency).isEmpty()) {
          throw TemplateErrors.template(
              "The resource '%s' is not defined in the template. Please see https://aka.ms/arm-syntax for usage details."
                  .formatted(dependency));
        }
      }
    }
  }

  private void requireNoCircle() {
    Set<PlannedResource> done = Collections.newSetFromMap(new IdentityHashMap<>());
    for (PlannedResource resource : resources) {
      visit(resource, new HashSet<>(), done);
    }
  }

  private void visit(PlannedResource resource, Set<String> path, Set<PlannedResource> done) {
    if (done.contains(resource)) {
      return;
    }
    if (!path.add(resource.id())) {
      throw TemplateErrors.template(
          "Circular dependency detected on resource: '%s'. Please see https://aka.ms/arm-syntax-resources for usage details."
              .formatted(resource.id()));
    }
    for (String dependency : resource.dependsOn()) {
      find(dependency).forEach(d -> visit(d, path, done));
    }
    path.remove(resource.id());
    done.add(resource);
  }
}
