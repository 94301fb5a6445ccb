package mlops.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import mlops.emulator.http.Json;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** That the check of exchanges against Microsoft's documents finds mistakes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenApiTest {
  private static final String WORKSPACE =
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/ws1";

  @Test
  void a_subtype_is_picked_by_its_discriminator_and_its_members_are_checked() throws Exception {
    String good =
        "{'location':'eastus2','properties':{'computeType':'AmlCompute','properties':{'vmSize':'Standard_DS2_v2','scaleSettings':{'maxNodeCount':1}}}}";
    assertEquals(List.of(), compute(good));
    String bad = good.replace("maxNodeCount':1", "maxNodeCount':'one'").replace("vmSize", "size");
    List<String> found = compute(bad);
    assertTrue(found.toString().contains("maxNodeCount: a integer is expected"), found::toString);
    assertTrue(found.toString().contains("properties.size: not in the document"), found::toString);
    assertTrue(compute(good.replace("AmlCompute", "Abacus")).toString().contains("no known kind"));
  }

  @Test
  void names_statuses_and_paths_are_checked() throws Exception {
    OpenApi api = OpenApi.load();
    String body = "{'properties':{}}";
    assertTrue(
        api.violations(exchange("GET", WORKSPACE.replace("ws1", "w"), "", 200, body))
            .orElseThrow()
            .toString()
            .contains("is not of the form"));
    assertTrue(
        api.violations(exchange("GET", WORKSPACE, "", 201, body))
            .orElseThrow()
            .toString()
            .contains("the status is not in the document"));
    assertEquals(
        Optional.empty(), api.violations(exchange("GET", "/nothing/like/that", "", 200, body)));
  }

  @Test
  void null_is_absent_and_the_letter_case_of_enums_does_not_matter() throws Exception {
    String body =
        "{'location':'eastus2','tags':null,'properties':{'computeType':'amlcompute','description':null}}";
    assertEquals(List.of(), compute(body));
  }

  private static List<String> compute(String body) throws IOException {
    return OpenApi.load()
        .violations(exchange("PUT", WORKSPACE + "/computes/cpu-cluster", body, 200, body))
        .orElseThrow();
  }

  private static Exchange exchange(
      String method, String path, String request, int status, String answer) throws IOException {
    return new Exchange(
        method,
        URI.create("https://management.azure.com" + path + "?api-version=2024-04-01"),
        json(request),
        status,
        json(answer));
  }

  private static JsonNode json(String text) throws IOException {
    return text.isEmpty()
        ? MissingNode.getInstance()
        : Json.MAPPER.readTree(text.replace('\'', '"'));
  }
}
