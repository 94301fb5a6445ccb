package mlops.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import mlops.emulator.http.Json;

/** Deploys templates to a group {@code rg-t}, and to its subscription. */
final class TemplateRig {
  static final String GROUP = EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg-t";
  private static final String TYPE = "/providers/Microsoft.Resources/deployments/";
  private static final String VERSION = "?api-version=2022-09-01";

  private final EmbeddedCloud cloud;

  TemplateRig(Path folder) {
    this.cloud = EmbeddedCloud.in(folder);
    cloud.resources().resourceGroups().define("rg-t").withRegion("eastus2").create();
  }

  EmbeddedCloud cloud() {
    return cloud;
  }

  static ObjectNode template() {
    ObjectNode template = Json.object();
    template.put(
        "$schema",
        "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#");
    template.put("contentVersion", "1.0.0.0").putArray("resources");
    return template;
  }

  static ObjectNode template(String json) {
    try {
      ObjectNode template = template();
      template.setAll((ObjectNode) Json.LENIENT.readTree(json));
      return template;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Answer deploy(String name, ObjectNode template) {
    return deploy(name, template, Json.object());
  }

  Answer deploy(String name, ObjectNode template, JsonNode parameters) {
    ObjectNode body = Json.object();
    ObjectNode properties = body.putObject("properties").put("mode", "Incremental");
    properties.set("template", template);
    properties.set("parameters", parameters);
    return send("PUT", GROUP + TYPE + name, body.toString());
  }

  Answer send(String method, String id, String body) {
    return cloud.send(method, EmbeddedCloud.ARM + id + VERSION, body);
  }

  /** The deployment as it is shown afterwards. */
  JsonNode state(String name) {
    return send("GET", GROUP + TYPE + name, "").json();
  }

  /** The outputs of a deployment that succeeds. */
  JsonNode outputs(String name, ObjectNode template) {
    return outputs(name, template, Json.object());
  }

  JsonNode outputs(String name, ObjectNode template, JsonNode parameters) {
    Answer answer = deploy(name, template, parameters);
    assertEquals(201, answer.status(), () -> answer.json().toPrettyString());
    JsonNode state = state(name);
    assertEquals(
        "Succeeded",
        state.at("/properties/provisioningState").asText(),
        () -> state.at("/properties/error").toPrettyString());
    return state.at("/properties/outputs");
  }

  /** Why an output of this value is refused, before or after the deployment. */
  String refusal(String value) {
    ObjectNode template = template();
    template.withObject("/outputs/o").put("type", "string").put("value", value);
    Answer answer = deploy("refused", template);
    JsonNode error =
        answer.status() < 400 ? state("refused").at("/properties/error/details/0") : answer.json();
    return error.toString();
  }
}
