package mlops.emulator.template.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mlops.emulator.http.Json;
import mlops.emulator.template.function.Arguments;
import mlops.emulator.template.function.DateFormat;
import mlops.emulator.template.function.FunctionTable;
import mlops.emulator.template.function.TemplateErrors;
import mlops.emulator.template.function.TemplateValues;

/** The functions of the template language that depend on where and with what it is deployed. */
final class ScopeFunctions {
  private static final int ANY = Integer.MAX_VALUE;
  private static final String VERSION = "2022-09-01";

  /** How many arguments they take, by their names in lower case. */
  private static final Map<String, Count> FUNCTIONS =
      Map.ofEntries(
          count("parameters", 1, 1),
          count("variables", 1, 1),
          count("lambdavariables", 1, 1),
          count("copyindex", 0, 2),
          count("resourceid", 2, ANY),
          count("subscriptionresourceid", 2, ANY),
          count("tenantresourceid", 2, ANY),
          count("managementgroupresourceid", 2, ANY),
          count("extensionresourceid", 3, ANY),
          count("subscription", 0, 0),
          count("resourcegroup", 0, 0),
          count("managementgroup", 0, 0),
          count("tenant", 0, 0),
          count("deployment", 0, 0),
          count("deployer", 0, 0),
          count("environment", 0, 0),
          count("providers", 1, 2),
          count("newguid", 0, 0),
          count("utcnow", 0, 1),
          count("fail", 1, 1));

  private final Evaluation evaluation;
  private final TemplateInputs inputs;
  private final DeploymentInfo deployment;
  private final ResourceReader references;
  private final ResourceFunctions resources;

  ScopeFunctions(
      Evaluation evaluation,
      TemplateInputs inputs,
      DeploymentInfo deployment,
      ResourceReader references) {
    this.evaluation = evaluation;
    this.inputs = inputs;
    this.deployment = deployment;
    this.references = references;
    this.resources = new ResourceFunctions(references);
  }

  private record Count(int least, int most) {}

  private static Map.Entry<String, Count> count(String name, int least, int most) {
    return Map.entry(name, new Count(least, most));
  }

  static boolean has(String name) {
    return FUNCTIONS.containsKey(name) || ResourceFunctions.has(name);
  }

  /** The value of a function, or nothing where it is not one of these. */
  Optional<JsonNode> call(String name, List<JsonNode> values, Frame frame) {
    Arguments arguments = new Arguments(name, values);
    if (ResourceFunctions.has(name)) {
      return Optional.of(resources.call(arguments, frame));
    }
    Count count = FUNCTIONS.get(name);
    if (count == null) {
      return Optional.empty();
    }
    FunctionTable.requireCount(name, count.least(), count.most(), values.size());
    return Optional.of(value(arguments, frame));
  }

  private JsonNode value(Arguments a, Frame frame) {
    return switch (a.function()) {
      case "parameters" -> parameter(a.text(0), frame);
      case "variables" -> variable(a, frame);
      case "lambdavariables" -> frame.lambdaVariable(a.text(0));
      case "copyindex" -> copyIndex(a, frame);
      case "resourceid" -> TemplateValues.text(ResourceIds.inGroup(a, deployment.target()));
      case "subscriptionresourceid" ->
          TemplateValues.text(ResourceIds.inSubscription(a, deployment.target()));
      case "tenantresourceid" -> TemplateValues.text(ResourceIds.inTenant(a));
      case "managementgroupresourceid" -> TemplateValues.text(ResourceIds.inManagementGroup(a));
      case "extensionresourceid" -> TemplateValues.text(ResourceIds.extension(a));
      case "subscription" -> subscription();
      case "resourcegroup" -> resourceGroup(a);
      case "tenant" -> tenant();
      case "deployment" -> deployment.shown();
      case "deployer" -> deployer();
      case "environment" -> environment();
      case "providers" -> provider(a);
      case "newguid" -> {
        requireDefaultValue(a, frame);
        yield TemplateValues.text(UUID.randomUUID().toString());
      }
      case "utcnow" -> {
        requireDefaultValue(a, frame);
        String format = a.has(0) ? a.text(0) : "yyyyMMddTHHmmssZ";
        yield TemplateValues.text(DateFormat.of(deployment.start().atZone(ZoneOffset.UTC), format));
      }
      case "fail" -> throw TemplateErrors.template(a.text(0));
      default -> throw TemplateErrors.place(a.function());
    };
  }

  private JsonNode parameter(String name, Frame frame) {
    Map<String, JsonNode> own = frame.arguments();
    if (own == null) {
      return inputs.parameter(name, evaluation);
    }
    JsonNode value = own.get(name.toLowerCase(Locale.ROOT));
    if (value == null) {
      throw TemplateErrors.template(
          "The function parameter '%s' is not found: a user function sees its own parameters only"
              .formatted(name));
    }
    return value;
  }

  private JsonNode variable(Arguments a, Frame frame) {
    if (frame.arguments() != null) {
      throw TemplateErrors.place("variables");
    }
    return inputs.variable(a.text(0), evaluation);
  }

  private static JsonNode copyIndex(Arguments a, Frame frame) {
    boolean named = a.size() > 0 && a.value(0).isTextual();
    int offset = a.size() > (named ? 1 : 0) ? a.integer(a.size() - 1) : 0;
    return TemplateValues.number((long) frame.index(named ? a.text(0) : "") + offset);
  }

  private static void requireDefaultValue(Arguments a, Frame frame) {
    if (frame.stage() != Frame.Stage.DEFAULT_VALUE) {
      throw TemplateErrors.place(a.function());
    }
  }

  private ObjectNode subscription() {
    return references.resource("/subscriptions/" + deployment.target().subscription(), VERSION);
  }

  private JsonNode resourceGroup(Arguments a) {
    if (deployment.target().group().isEmpty()) {
      throw TemplateErrors.place(a.function());
    }
    return references.resource(deployment.target().id(), VERSION);
  }

  private JsonNode tenant() {
    JsonNode all = references.resource("/tenants", VERSION).path("value");
    return all.isEmpty() ? Json.object() : all.get(0);
  }

  private JsonNode deployer() {
    ObjectNode deployer = Json.object().put("objectId", deployment.caller().objectId());
    return deployer.set("tenantId", subscription().path("tenantId"));
  }

  /** {@code providers(namespace, [type])}: what the subscription can be registered for. */
  private JsonNode provider(Arguments a) {
    String subscription = "/subscriptions/" + deployment.target().subscription();
    ObjectNode provider = references.resource(subscription + "/providers/" + a.text(0), VERSION);
    if (!a.has(1)) {
      return provider;
    }
    for (JsonNode type : provider.path("resourceTypes")) {
      if (type.path("resourceType").asText().equalsIgnoreCase(a.text(1))) {
        return type;
      }
    }
    throw a.invalid("the provider '%s' has no type '%s'".formatted(a.text(0), a.text(1)));
  }

  private static JsonNode environment() {
    return Json.resource(ScopeFunctions.class, "environment.json");
  }
}
