package mlops.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import mlops.emulator.arm.ResourceManager;
import mlops.emulator.contract.RequestContract;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.template.function.FunctionTable;
import mlops.emulator.template.function.TemplateErrors;
import mlops.emulator.template.language.DeploymentInfo;
import mlops.emulator.template.language.DeploymentScope;
import mlops.emulator.template.language.ResourceReader;

/** Reads the templates of requests: checked and planned, with nothing deployed. */
final class TemplateReader {
  private static final Pattern NAME = Pattern.compile("[-\\w._()]{1,64}");

  private static final List<String> NOT_BUILT =
      List.of(
          "templateLink",
          "parametersLink",
          "onErrorDeployment",
          "debugSetting",
          "extensionConfigs",
          "externalInputs");

  private final ResourceManager arm;
  private final TemplateDeploymentDocuments documents;
  private final RequestContract contract;
  private final FunctionTable functions = new FunctionTable();

  TemplateReader(
      ResourceManager arm, TemplateDeploymentDocuments documents, RequestContract contract) {
    this.arm = arm;
    this.documents = documents;
    this.contract = contract;
  }

  /**
   * Asks that a request names and holds a deployment that can be built.
   *
   * @throws ApiException 400 where it does not, 501 for what is not built
   */
  void requireBody(Request request, ObjectNode body) {
    String name = request.parameter("name");
    if (!NAME.matcher(name).matches()) {
      throw ApiException.badRequest(
          "InvalidDeploymentName",
          "The deployment name '%s' is not valid. It has 1 to 64 letters, digits, '-', '_', '.', '(' or ')'."
              .formatted(name));
    }
    arm.resources().requireGroup(id(request));
    boolean wide = !request.parameters().containsKey("group");
    if (wide && body.path("location").asText().isEmpty()) {
      throw ApiException.badRequest(
          "LocationRequired", "The 'location' property is required for this deployment.");
    }
    JsonNode properties = body.path("properties");
    for (String field : NOT_BUILT) {
      if (properties.hasNonNull(field)) {
        throw TemplateErrors.notBuilt("'" + field + "'");
      }
    }
    if (!properties.path("mode").asText("Incremental").equalsIgnoreCase("Incremental")) {
      throw ApiException.notImplemented(
          "The embedded Azure does not have deployments of mode Complete.");
    }
    if (!properties.path("template").isObject()) {
      throw ApiException.badRequest(
          "InvalidTemplate", "Deployment template parse failed: the template is missing.");
    }
  }

  /**
   * The template of a request, or of a deployment nested in it, with its parameters.
   *
   * @param reader what expressions ask of other resources
   * @throws ApiException 400 InvalidTemplate, 501 for what is not built of the language or of a
   *     resource
   */
  TemplateDeployment read(
      Request request,
      DeploymentScope target,
      ObjectNode body,
      Instant start,
      ResourceReader reader) {
    ObjectNode template = TemplateSyntax.canonical(body.at("/properties/template"));
    ObjectNode shown = documents.asFunction(request.parameter("name"), body);
    TemplateDeployment deployment =
        new TemplateDeployment(
            functions,
            template,
            body.at("/properties/parameters"),
            new DeploymentInfo(target, shown, request.caller(), start),
            reader);
    deployment.known().forEach(contract::requireBuilt);
    return deployment;
  }

  static DeploymentScope target(Request request) {
    return new DeploymentScope(
        request.parameter("subscription"), request.parameters().getOrDefault("group", ""));
  }

  /** The id of the deployment that a path is about, also where it leaves the provider out. */
  static String id(Request request) {
    return target(request).id()
        + "/providers/"
        + Deployments.TYPE
        + "/"
        + request.parameter("name");
  }
}
