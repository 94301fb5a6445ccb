package mlops.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.template.function.FunctionTable;
import mlops.emulator.template.function.TemplateErrors;
import mlops.emulator.template.function.TemplateValues;
import mlops.emulator.template.language.DeploymentInfo;
import mlops.emulator.template.language.Evaluation;
import mlops.emulator.template.language.Frame;
import mlops.emulator.template.language.FunctionCheck;
import mlops.emulator.template.language.ParameterTypes;
import mlops.emulator.template.language.ResourceReader;
import mlops.emulator.template.language.TemplateInputs;
import mlops.emulator.template.language.UserFunctions;

/** A template with its parameters at a scope: checked and planned. */
final class TemplateDeployment {
  private final ObjectNode template;
  private final TemplateInputs inputs;
  private final Evaluation evaluation;
  private final DeploymentPlan plan;

  /**
   * Reads a template; nothing is deployed yet.
   *
   * @param template in its canonical form
   * @param reader what expressions ask of other resources
   * @throws ApiException 400 InvalidTemplate, 501 for what is not built of the language
   */
  TemplateDeployment(
      FunctionTable functions,
      ObjectNode template,
      JsonNode parameters,
      DeploymentInfo info,
      ResourceReader reader) {
    this.template = template;
    this.inputs = new TemplateInputs(template, parameters);
    UserFunctions own = new UserFunctions(template);
    this.evaluation = new Evaluation(functions, own, inputs, info, reader);
    new FunctionCheck(functions, own).check(template);
    inputs.check(evaluation);
    this.plan = DeploymentPlan.of(template, evaluation, info.target());
  }

  DeploymentPlan plan() {
    return plan;
  }

  /**
   * What will be put, by id, of those resources that can be told before any is made: the others ask
   * for what others will be.
   */
  Map<String, JsonNode> known() {
    Map<String, JsonNode> known = new LinkedHashMap<>();
    for (PlannedResource resource : plan.resources()) {
      if (resource.enabled() && !resource.existing()) {
        try {
          known.put(resource.id(), ResourceBody.of(resource, evaluation));
        } catch (ApiException e) {
          // what is wrong with it is said when it is deployed
        }
      }
    }
    return known;
  }

  /** The parameters as the deployment shows them. */
  ObjectNode parameters() {
    return inputs.shown(evaluation);
  }

  Evaluation evaluation() {
    return evaluation;
  }

  /**
   * The outputs, once all is deployed.
   *
   * @throws ApiException where one cannot be evaluated
   */
  ObjectNode outputs() {
    ParameterTypes types = new ParameterTypes(template);
    ObjectNode outputs = Json.object();
    for (Map.Entry<String, JsonNode> declared : template.path("outputs").properties()) {
      JsonNode output = declared.getValue();
      JsonNode condition = evaluation.value(output.path("condition"), Frame.DEPLOYMENT);
      if (!TemplateValues.isNothing(condition) && !TemplateValues.truth(condition)) {
        continue;
      }
      JsonNode value = value(declared.getKey(), output);
      types.check("template output", declared.getKey(), output, value);
      String type = types.type(output);
      ObjectNode shown = outputs.putObject(declared.getKey());
      shown.put("type", TemplateInputs.typeName(type));
      if (!type.startsWith("secure") && !value.isNull()) {
        shown.set("value", value);
      }
    }
    return outputs;
  }

  private JsonNode value(String name, JsonNode output) {
    if (output.path("copy").isObject()) {
      return evaluation.repeated(output.path("copy"), name, Frame.DEPLOYMENT);
    }
    if (!output.has("value")) {
      throw TemplateErrors.template("The output '%s' has no value".formatted(name));
    }
    return evaluation.value(output.path("value"), Frame.DEPLOYMENT);
  }
}
