package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import mlops.Shared;
import mlops.emulator.http.Json;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers about registries have the shape of those that Azure was recorded to give. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RecordedRegistriesTest {
  private static final String REGISTRY = RegistriesTest.ALL + "/testFeed";
  private static final String PLANE =
      "https://cert-eastus2.experiments.azureml.net/mferp/managementfrontend" + REGISTRY;
  private static final String VERSION = "?api-version=2021-10-01-dataplanepreview";

  /** Members whose names are the user's own, or those of the asset. */
  private static final Set<String> FREE =
      Set.of("tags", "managedResourceGroupTags", "flavors", "componentSpec", "registryFqdns");

  @TempDir Path folder;
  private MlCloud ml;

  @BeforeEach
  void a_registry_as_recorded() throws IOException {
    ml = MlCloud.in(folder);
    String body = recorded("ml_registry__PUT").get(0).path("request_body").toString();
    Answer made = preview("PUT", body.replace("WestCentralUS", "EastUS2"));
    assertHeaders(recorded("ml_registry__PUT").get(0), made);
  }

  private static JsonNode recorded(String name) throws IOException {
    Path file = Shared.path("recordings/" + name + ".json");
    return Json.MAPPER.readTree(Files.readAllBytes(file));
  }

  private Answer preview(String method, String body) {
    return ml.send(method, REGISTRY + "?api-version=2022-10-01-preview", body);
  }

  private Answer plane(String method, String path, String body) {
    return ml.send(method, PLANE + path + VERSION, body);
  }

  /** The status and the headers that a client follows. */
  private static void assertHeaders(JsonNode recorded, Answer ours) {
    assertEquals(recorded.path("status").asInt(), ours.status(), () -> ours.json().toString());
    for (String name :
        List.of("Azure-AsyncOperation", "Location", "x-ms-async-operation-timeout")) {
      String theirs = recorded.path("response_headers_of_interest").path(name).asText();
      if (!theirs.isEmpty()) {
        assertEquals(place(theirs), place(ours.header(name)), name);
      }
    }
  }

  /** Without the names that each has of its own. */
  private static String place(String address) {
    return address
        .replaceFirst("^https://[^/]+", "")
        .replaceFirst("/subscriptions/[^/]+/", "/subscriptions/S/")
        .replaceFirst("/locations/[^/]+/", "/locations/L/")
        .replaceFirst("(?i)(operations(?:Status)?)/[^/?]+", "$1/O");
  }

  private static void assertShape(JsonNode recorded, JsonNode ours) {
    Map<String, Set<String>> theirs = shape(recorded.path("response_body"));
    Map<String, Set<String>> own = shape(ours);
    List<String> wrong = new ArrayList<>();
    theirs.forEach(
        (path, types) -> {
          Set<String> found = own.getOrDefault(path, Set.of());
          boolean nothing = types.equals(Set.of("null")) || found.contains("null");
          if (found.isEmpty() || !(nothing || found.containsAll(types))) {
            wrong.add(path + ": " + types + " there, " + found + " here");
          }
        });
    own.keySet().stream()
        .filter(path -> !path.startsWith(".systemData.lastModified")) // some kinds have none
        .filter(path -> !within(path, theirs))
        .forEach(wrong::add);
    assertEquals(List.of(), wrong, ours::toPrettyString);
  }

  /** What is inside of something that was null there is not known. */
  private static boolean within(String path, Map<String, Set<String>> shape) {
    String at = path;
    while (!at.isEmpty()) {
      if (shape.containsKey(at)) {
        return at.equals(path) || shape.get(at).contains("null");
      }
      at = at.substring(0, Math.max(at.lastIndexOf('.'), 0));
    }
    return false;
  }

  private static Map<String, Set<String>> shape(JsonNode body) {
    Map<String, Set<String>> shape = new TreeMap<>();
    collect("", body, shape);
    return shape;
  }

  private static void collect(String path, JsonNode node, Map<String, Set<String>> shape) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    if (!path.isEmpty()) {
      String type = node.getNodeType().toString().toLowerCase(Locale.ROOT);
      shape.computeIfAbsent(path, p -> new TreeSet<>()).add(type);
    }
    if (FREE.contains(name) || path.equals(".properties.properties")) {
      return;
    }
    node.properties().forEach(e -> collect(path + "." + e.getKey(), e.getValue(), shape));
    if (node.isArray()) {
      node.forEach(element -> collect(path + "[]", element, shape));
    }
  }

  @Test
  void the_registry_and_its_operations() throws IOException {
    Answer again = preview("PUT", preview("GET", "").json().toString());
    assertHeaders(recorded("ml_registry__PUT").get(1), again);
    JsonNode status = recorded("ml_lro_registryoperationsstatus__GET").get(1);
    assertShape(status, ml.get(again.header("Azure-AsyncOperation")).json());
    for (JsonNode found : recorded("ml_registry__GET")) {
      assertShape(found, preview("GET", "").json());
    }
    for (JsonNode found : recorded("discovery__GET")) {
      String eastus = "https://eastus.api.azureml.ms/registrymanagement/v1.0/registries/";
      JsonNode ours = ml.get(eastus + "testFeed/discovery").json();
      if (found.at("/response_body").has("intellectualPropertyPublisher")) {
        assertShape(found, ours);
      }
    }
    assertHeaders(recorded("ml_registry__DELETE").get(0), preview("DELETE", ""));
  }

  @Test
  void data_and_environments() throws IOException {
    Answer upload =
        plane(
            "PUT",
            "/tempdatarefs/rows/versions/1",
            "{'assetId':'azureml://registries/testFeed/data/rows/versions/1','temporaryDataReferenceType':'TemporaryBlobReference'}");
    assertShape(recorded("tempdatarefs__PUT").get(0), upload.json());
    assertTrue(upload.text("/blobReferenceForConsumption/blobUri").contains(".windows.net:443/"));
    String sas = upload.text("/blobReferenceForConsumption/credential/sasUri");
    new BlobContainerClientBuilder()
        .endpoint(sas.replace(":443/", "/"))
        .httpClient(ml.cloud().http())
        .buildClient()
        .getBlobClient("simple_train.py")
        .upload(BinaryData.fromString("pass"));
    String uri = upload.text("/blobReferenceForConsumption/blobUri") + "/simple_train.py";
    JsonNode sent = recorded("data__PUT").get(0);
    String body =
        sent.path("request_body")
            .toString()
            .replace(sent.at("/request_body/properties/dataUri").asText(), uri);
    Answer data = plane("PUT", "/data/rows/versions/1", body);
    assertHeaders(sent, data);
    assertShape(
        recorded("assetstore_operations__GET").get(0), ml.get(data.header("Location")).json());
    assertShape(recorded("data__GET").get(0), plane("GET", "/data/rows/versions/1", "").json());
    assertShape(recorded("data__GET").get(1), plane("GET", "/data/rows", "").json());
    JsonNode environment = recorded("environments__PUT").get(0);
    Answer made =
        ml.sendAsIs(
            "PUT",
            PLANE + "/environments/e/versions/1" + VERSION,
            environment.path("request_body").toString());
    assertHeaders(environment, made);
    assertEquals(200, ml.get(made.header("Location")).status());
    assertShape(
        recorded("environments__GET").get(0),
        plane("GET", "/environments/e/versions/1", "").json());
  }

  @Test
  void components_and_a_shared_model() throws IOException {
    JsonNode sent = recorded("components__PUT").get(0);
    Answer component =
        ml.sendAsIs(
            "PUT",
            PLANE + "/components/c/versions/1.0" + VERSION,
            sent.path("request_body").toString());
    assertHeaders(sent, component);
    assertShape(
        recorded("components__GET").get(0), plane("GET", "/components/c/versions/1.0", "").json());
    JsonNode refused = recorded("components__PUT").get(2);
    assertEquals(401, refused.path("status").asInt());
    assertShape(refused, ml.sendAsStranger("GET", PLANE + "/models/m" + VERSION, "").json());
    assertShape(recorded("models__GET").get(1), plane("GET", "/models/m/versions/2", "").json());
    ml.blob("m/model.pkl");
    ml.put(
        MlCloud.WORKSPACE + "/models/m/versions/2",
        "{'properties':{'modelType':'custom_model','description':'one','modelUri':'azureml://datastores/workspaceblobstore/paths/m'}}");
    String guid = ml.get(MlCloud.WORKSPACE).text("/properties/workspaceId");
    Answer shared =
        plane(
            "POST",
            "/import",
            "{'properties':{'referenceType':'Id','destinationName':'m','destinationVersion':'2','sourceAssetId':'azureml://locations/eastus2/workspaces/%s/models/m/versions/2'}}"
                .formatted(guid));
    assertHeaders(recorded("import__POST").get(0), shared);
    Answer ended = ml.get(shared.header("Location"));
    assertEquals(
        recorded("assetstore_operations__GET").get(2).path("status").asInt(), ended.status());
    assertFalse(ended.json().properties().iterator().hasNext(), "a body breaks azure-ai-ml");
    assertShape(recorded("models__GET").get(0), plane("GET", "/models/m/versions/2", "").json());
  }
}
