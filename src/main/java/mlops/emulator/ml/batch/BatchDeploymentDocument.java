package mlops.emulator.ml.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.ml.asset.AssetReferences;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlRequestBody;
import mlops.emulator.ml.resource.ResourceNames;

/** What a batch deployment says of itself: what the user sent, checked, with Azure's defaults. */
public final class BatchDeploymentDocument {
  private final AssetReferences references;

  public BatchDeploymentDocument(AssetReferences references) {
    this.references = references;
  }

  /**
   * The properties that a PUT asks for.
   *
   * @throws ApiException 400 or 404 where it refers to something that is not there
   */
  ObjectNode of(String workspace, JsonNode sent) {
    if (PipelineDeployment.isOne(sent)) {
      ObjectNode pipeline = MlRequestBody.withoutNulls(sent).put("provisioningState", "Succeeded");
      PipelineDeployment.check(references, workspace, pipeline);
      return pipeline;
    }
    ObjectNode properties = Json.object();
    properties.put("errorThreshold", -1).put("loggingLevel", "Info");
    properties.put("maxConcurrencyPerInstance", 1).put("miniBatchSize", 10);
    properties.put("outputAction", "AppendRow").put("outputFileName", "predictions.csv");
    properties.putObject("resources").put("instanceCount", 1);
    properties.putObject("retrySettings").put("maxRetries", 3).put("timeout", "PT30S");
    properties.putObject("properties");
    properties.putObject("environmentVariables");
    ObjectNode asked = MlRequestBody.withoutNulls(sent);
    for (String nested : new String[] {"resources", "retrySettings"}) {
      if (asked.remove(nested) instanceof ObjectNode values) {
        properties.withObject(nested).setAll(values);
      }
    }
    properties.setAll(asked);
    properties.put("loggingLevel", level(properties.path("loggingLevel").asText()));
    properties.put("provisioningState", "Succeeded");
    checkNumbers(properties);
    ResourceNames.checkFile("outputFileName", properties.path("outputFileName").asText());
    checkReferences(workspace, properties);
    return properties;
  }

  /** Clients write the level in small letters too. */
  private static String level(String level) {
    for (String known : new String[] {"Info", "Warning", "Debug"}) {
      if (known.equalsIgnoreCase(level)) {
        return known;
      }
    }
    throw MlErrors.userError(
        400, "The loggingLevel '%s' is unknown: it is Info, Warning or Debug.".formatted(level));
  }

  private static void checkNumbers(JsonNode properties) {
    require(properties.path("errorThreshold").asInt() >= -1, "errorThreshold must be -1 or more");
    require(properties.path("miniBatchSize").asInt() > 0, "miniBatchSize must be 1 or more");
    require(
        properties.path("maxConcurrencyPerInstance").asInt() > 0,
        "maxConcurrencyPerInstance must be 1 or more");
    require(
        properties.at("/resources/instanceCount").asInt() > 0, "instanceCount must be 1 or more");
    require(
        properties.path("outputAction").asText().matches("(?i)AppendRow|SummaryOnly"),
        "outputAction must be AppendRow or SummaryOnly");
  }

  private void checkReferences(String workspace, JsonNode properties) {
    JsonNode model = properties.path("model");
    if (model.isObject()) {
      checkModel(workspace, model);
    }
    String compute = properties.path("compute").asText();
    require(!compute.isEmpty(), "compute is required for a batch deployment");
    references.requireCompute(workspace, compute);
    String environment = properties.path("environmentId").asText();
    if (!environment.isEmpty()) {
      references.require(workspace, AssetType.ENVIRONMENTS, environment);
    }
    String code = properties.at("/codeConfiguration/codeId").asText();
    if (!code.isEmpty()) {
      references.require(workspace, AssetType.CODES, code);
    }
    require(
        model.isObject() || properties.path("codeConfiguration").isObject(),
        "a model or a codeConfiguration is required");
  }

  private void checkModel(String workspace, JsonNode model) {
    String reference = model.path("referenceType").asText();
    if (!reference.equals("Id")) {
      throw ApiException.notImplemented(
          "The embedded Azure has no model references of type '%s', only Id.".formatted(reference));
    }
    references.require(workspace, AssetType.MODELS, model.path("assetId").asText());
  }

  private static void require(boolean right, String rule) {
    if (!right) {
      throw MlErrors.userError(400, "The batch deployment is invalid: %s.".formatted(rule));
    }
  }
}
