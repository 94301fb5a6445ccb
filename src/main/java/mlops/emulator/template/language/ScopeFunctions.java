package mlops.emulator.template.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mlops.emulator.http.Json;

/** The functions of the template language that depend on where and with what it is deployed. */
final class ScopeFunctions {
  /** Their names, in lower case, as far as they do not start with {@code list}. */
  static final Set<String> NAMES =
      Set.of(
          "if",
          "parameters",
          "variables",
          "copyindex",
          "resourceid",
          "subscriptionresourceid",
          "extensionresourceid",
          "subscription",
          "resourcegroup",
          "tenant",
          "deployment",
          "environment",
          "reference",
          "newguid");

  private static final String VERSION = "2022-09-01";

  private final Evaluation evaluation;
  private final TemplateInputs inputs;
  private final DeploymentScope target;
  private final String deployment;
  private final ResourceReader references;

  ScopeFunctions(
      Evaluation evaluation,
      TemplateInputs inputs,
      DeploymentScope target,
      String deployment,
      ResourceReader references) {
    this.evaluation = evaluation;
    this.inputs = inputs;
    this.target = target;
    this.deployment = deployment;
    this.references = references;
  }

  /** The value of a function, or nothing where it is not one of these. */
  Optional<JsonNode> call(String name, List<JsonNode> arguments, CopyLoop loop) {
    List<String> texts = arguments.stream().map(JsonNode::asText).toList();
    try {
      return Optional.ofNullable(
          switch (name) {
            case "parameters" -> inputs.parameter(texts.get(0), evaluation);
            case "variables" -> inputs.variable(texts.get(0), evaluation);
            case "copyindex" -> copyIndex(arguments, loop);
            case "resourceid" -> Functions.text(resourceId(texts));
            case "subscriptionresourceid" -> Functions.text(subscriptionId(texts));
            case "extensionresourceid" ->
                Functions.text(
                    DeploymentScope.resource(
                        texts.get(0), texts.get(1), joined(texts.subList(2, texts.size()))));
            case "subscription" ->
                references.resource("/subscriptions/" + target.subscription(), VERSION);
            case "resourcegroup" -> resourceGroup();
            case "tenant" -> tenant();
            case "deployment" -> Json.object().put("name", deployment);
            case "environment" -> environment();
            case "reference" -> reference(texts);
            case "newguid" -> Functions.text(UUID.randomUUID().toString());
            default -> name.startsWith("list") ? action(name, arguments) : null;
          });
    } catch (IndexOutOfBoundsException e) {
      throw TemplateErrors.arguments(name);
    }
  }

  private JsonNode action(String name, List<JsonNode> arguments) {
    return references.action(
        arguments.get(0).asText(),
        name,
        arguments.get(1).asText(),
        Functions.array(arguments).path(2));
  }

  private static JsonNode copyIndex(List<JsonNode> arguments, CopyLoop loop) {
    boolean named = !arguments.isEmpty() && arguments.get(0).isTextual();
    int last = arguments.size() - 1;
    int offset = last >= 0 && arguments.get(last).isNumber() ? arguments.get(last).asInt() : 0;
    return IntNode.valueOf(loop.index(named ? arguments.get(0).asText() : "") + offset);
  }

  /** {@code resourceId([subscription], [group], type, name, …)}: the type has a slash. */
  private String resourceId(List<String> texts) {
    int type = type(texts);
    String group = type > 0 ? texts.get(type - 1) : target.group();
    String subscription = type > 1 ? texts.get(type - 2) : target.subscription();
    return DeploymentScope.resource(
        new DeploymentScope(subscription, group).id(),
        texts.get(type),
        joined(texts.subList(type + 1, texts.size())));
  }

  private String subscriptionId(List<String> texts) {
    int type = type(texts);
    String subscription = type > 0 ? texts.get(0) : target.subscription();
    return DeploymentScope.resource(
        "/subscriptions/" + subscription,
        texts.get(type),
        joined(texts.subList(type + 1, texts.size())));
  }

  private static int type(List<String> texts) {
    int type = 0;
    while (!texts.get(type).contains("/")) {
      type++;
    }
    return type;
  }

  private static String joined(List<String> names) {
    return String.join("/", new ArrayList<>(names));
  }

  private JsonNode resourceGroup() {
    if (target.group().isEmpty()) {
      throw TemplateErrors.template(
          "The template function 'RESOURCEGROUP' is not expected at this location");
    }
    return references.resource(target.id(), VERSION);
  }

  private JsonNode tenant() {
    ObjectNode subscription =
        references.resource("/subscriptions/" + target.subscription(), VERSION);
    return Json.object().put("tenantId", subscription.path("tenantId").asText());
  }

  private static JsonNode environment() {
    ObjectNode environment = Json.object();
    environment.put("name", "AzureCloud").put("resourceManager", "https://management.azure.com/");
    environment.putObject("suffixes").put("storage", "core.windows.net");
    return environment;
  }

  private JsonNode reference(List<String> texts) {
    boolean full = texts.size() > 2 && texts.get(2).equalsIgnoreCase("Full");
    ObjectNode resource = references.resource(texts.get(0), texts.size() > 1 ? texts.get(1) : "");
    return full ? resource : resource.path("properties");
  }
}
