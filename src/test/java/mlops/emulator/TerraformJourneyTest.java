package mlops.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import mlops.emulator.http.Json;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What OpenTofu 1.12 with azurerm 5.2 was seen to send for {@code apply}, a change and {@code
 * destroy}, one resource of each kind. A {@code change} reads, sets a value and puts all of it
 * back, as the provider does.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TerraformJourneyTest {
  private static final Path JOURNEY = Path.of("src/test/resources/terraform/journey.json");

  @TempDir Path folder;

  private final Map<String, String> values = new LinkedHashMap<>();

  @Test
  void what_the_provider_sends_is_answered_as_on_azure() throws IOException {
    EmbeddedCloud cloud = EmbeddedCloud.in(folder);
    JsonNode journey = Json.MAPPER.readTree(Files.readAllBytes(JOURNEY));
    journey.path("places").properties().forEach(p -> keep(p.getKey(), p.getValue().asText()));
    for (JsonNode exchange : journey.path("exchanges")) {
      if (exchange.has("send")) {
        String[] request = filled(exchange.path("send").asText()).split(" ", 2);
        String body = exchange.has("body") ? filled(exchange.get("body").toString()) : "";
        check(exchange, cloud.send(request[0], request[1], body));
      } else if (exchange.has("change")) {
        String url = filled(exchange.path("change").asText());
        ObjectNode resource = (ObjectNode) cloud.send("GET", url, "").json();
        exchange.path("set").properties().forEach(s -> set(resource, s.getKey(), s.getValue()));
        check(exchange, cloud.send("PUT", url, resource.toString()));
      }
    }
    cloud.assertAsDocumented();
  }

  private void check(JsonNode exchange, EmbeddedCloud.Answer answer) {
    assertEquals(exchange.path("status").asInt(), answer.status(), () -> exchange + ": " + answer);
    for (Map.Entry<String, JsonNode> has : exchange.path("has").properties()) {
      assertEquals(
          filled(text(has.getValue())), text(answer.json().at(has.getKey())), exchange::toString);
    }
    exchange
        .path("keep")
        .properties()
        .forEach(k -> keep(k.getKey(), answer.text(k.getValue().asText())));
  }

  private static String text(JsonNode value) {
    if (value.isNumber()) {
      return String.valueOf(value.asDouble());
    }
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  private static void set(ObjectNode resource, String pointer, JsonNode value) {
    JsonPointer place = JsonPointer.compile(pointer);
    resource.withObject(place.head()).set(place.last().getMatchingProperty(), value);
  }

  private void keep(String name, String value) {
    values.put("{" + name + "}", filled(value));
  }

  private String filled(String text) {
    String filled = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace(value.getKey(), value.getValue());
    }
    return filled;
  }
}
