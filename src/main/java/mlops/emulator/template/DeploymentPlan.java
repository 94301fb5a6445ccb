package mlops.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.http.ApiException;
import mlops.emulator.template.function.TemplateErrors;
import mlops.emulator.template.function.TemplateValues;
import mlops.emulator.template.language.DeploymentScope;
import mlops.emulator.template.language.Evaluation;
import mlops.emulator.template.language.Frame;

/** The resources of a template, with loops unrolled and conditions decided. */
final class DeploymentPlan {
  private final Evaluation evaluation;
  private final DeploymentScope target;
  private final List<PlannedResource> resources = new ArrayList<>();
  private final Set<String> loops = new HashSet<>();

  private DeploymentPlan(Evaluation evaluation, DeploymentScope target) {
    this.evaluation = evaluation;
    this.target = target;
  }

  /**
   * Reads the resources of a template.
   *
   * @throws ApiException 400 InvalidTemplate
   */
  static DeploymentPlan of(JsonNode template, Evaluation evaluation, DeploymentScope target) {
    DeploymentPlan plan = new DeploymentPlan(evaluation, target);
    JsonNode resources = template.path("resources");
    if (resources.isObject()) {
      resources.properties().forEach(e -> plan.add(e.getValue(), e.getKey(), Parent.NONE));
    } else {
      resources.forEach(r -> plan.add(r, "", Parent.NONE));
    }
    plan.requireKnownDependencies();
    plan.requireNoCircle();
    return plan;
  }

  /** What a child resource stands in: type and name with a slash behind, and its condition. */
  private record Parent(String type, String name, boolean enabled) {
    static final Parent NONE = new Parent("", "", true);
  }

  List<PlannedResource> resources() {
    return resources;
  }

  /** The resources that a reference means: several for the name of a loop. */
  List<PlannedResource> find(String reference) {
    return resources.stream().filter(r -> r.answersTo(reference)).toList();
  }

  private void add(JsonNode source, String symbol, Parent parent) {
    JsonNode copy = source.path("copy");
    if (!copy.isObject()) {
      addOne((ObjectNode) source, symbol, parent, Frame.PLAN, -1);
      return;
    }
    String name = copy.path("name").asText();
    loops.add(name.toLowerCase(Locale.ROOT));
    loops.add(symbol.toLowerCase(Locale.ROOT));
    int count = evaluation.count(copy, Frame.PLAN);
    for (int i = 0; i < count; i++) {
      addOne(
          (ObjectNode) source, symbol.isEmpty() ? name : symbol, parent, Frame.PLAN.at(name, i), i);
    }
  }

  private void addOne(ObjectNode source, String symbol, Parent parent, Frame frame, int index) {
    boolean enabled = parent.enabled() && enabled(source, frame);
    try {
      PlannedResource planned = planned(source, symbol, parent, frame, index, enabled);
      resources.add(planned);
      for (JsonNode child : source.path("resources")) {
        add(child, "", new Parent(planned.type() + "/", planned.name() + "/", enabled));
      }
    } catch (ApiException e) {
      if (enabled) {
        throw e;
      } // what a condition leaves out need not make sense
    }
  }

  private PlannedResource planned(
      ObjectNode source, String symbol, Parent parent, Frame frame, int index, boolean enabled) {
    String type = parent.type() + text(source, "type", frame);
    String name = parent.name() + text(source, "name", frame);
    List<String> dependsOn = new ArrayList<>();
    if (enabled) {
      evaluation.value(source.path("dependsOn"), frame).forEach(d -> dependsOn.add(d.asText()));
    }
    return new PlannedResource(
        DeploymentScope.resource(scope(source, type, frame), type, name),
        type,
        name,
        symbol,
        index,
        text(source, "apiVersion", frame),
        enabled,
        source.path("existing").asBoolean(),
        source,
        frame.in(Frame.Stage.DEPLOYMENT),
        dependsOn);
  }

  private boolean enabled(JsonNode source, Frame frame) {
    JsonNode condition = evaluation.value(source.path("condition"), frame);
    return TemplateValues.isNothing(condition) || TemplateValues.truth(condition);
  }

  private String text(JsonNode source, String field, Frame frame) {
    JsonNode value = evaluation.value(source.path(field), frame);
    if (TemplateValues.isNothing(value) || value.isContainerNode() || value.asText().isBlank()) {
      throw TemplateErrors.template("A resource of the template has no '%s'".formatted(field));
    }
    return value.asText();
  }

  private String scope(JsonNode source, String type, Frame frame) {
    Optional<String> scope = optional(source, "scope", frame);
    if (scope.isPresent()) {
      String plain = scope.get().replaceAll("/+$", "");
      return scope.get().startsWith("/") ? plain : target.id() + "/providers/" + plain;
    }
    Optional<String> subscription = optional(source, "subscriptionId", frame);
    Optional<String> group = optional(source, "resourceGroup", frame);
    boolean elsewhere = subscription.isPresent() && group.isEmpty();
    boolean deployment = type.equalsIgnoreCase(Deployments.TYPE);
    return new DeploymentScope(
            subscription.orElse(target.subscription()),
            deployment && elsewhere ? "" : group.orElse(target.group()))
        .id();
  }

  private Optional<String> optional(JsonNode source, String field, Frame frame) {
    return Optional.of(evaluation.value(source.path(field), frame))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(text -> !text.isEmpty());
  }

  private void requireKnownDependencies() {
    for (PlannedResource resource : resources) {
      for (String dependency : resource.dependsOn()) {
        boolean emptyLoop = loops.contains(dependency.toLowerCase(Locale.ROOT));
        boolean nameless = dependency.endsWith("/");
        if (!emptyLoop && !nameless && find(dependency).isEmpty()) {
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
