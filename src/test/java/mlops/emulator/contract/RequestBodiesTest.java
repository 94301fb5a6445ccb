package mlops.emulator.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import mlops.emulator.http.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies of requests to Azure Resource Manager: odd shapes, and what Azure reads all the same. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class RequestBodiesTest {
  private static final String GROUP = EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg-b";
  private static final String PROVIDERS = GROUP + "/providers/Microsoft.";
  private static final int DEEPEST = 3;

  @TempDir Path folder;
  private EmbeddedCloud cloud;
  private JsonNode documents;

  @BeforeEach
  void open() throws IOException {
    cloud = EmbeddedCloud.in(folder);
    for (String provider :
        List.of(
            "MachineLearningServices",
            "Storage",
            "KeyVault",
            "Insights",
            "OperationalInsights",
            "ManagedIdentity")) {
      send(
          "POST",
          EmbeddedCloud.SUBSCRIPTION + "/providers/Microsoft." + provider + "/register",
          "");
    }
    send("PUT", GROUP, "{'location':'eastus2'}");
    try (InputStream file = RequestContract.class.getResourceAsStream("bodies.json")) {
      documents = Json.MAPPER.readTree(Objects.requireNonNull(file));
    }
  }

  private Answer send(String method, String path, String body) {
    String url = EmbeddedCloud.ARM + path + "?api-version=2099-01-01";
    return cloud.send(method, url, body.replace('\'', '"'));
  }

  /** Each member of each documented body, with something else in its place. */
  @Test
  void a_value_of_another_shape_is_refused_wherever_it_stands() {
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    for (Map.Entry<String, JsonNode> request : documents.path("requests").properties()) {
      String[] parts = request.getKey().split(" ", 2);
      String path =
          parts[1].startsWith("/{}")
              ? EmbeddedCloud.SUBSCRIPTION + parts[1].substring(3)
              : parts[1];
      path = path.replaceFirst("/subscriptions/\\{}", EmbeddedCloud.SUBSCRIPTION);
      path = path.replaceFirst("/resourcegroups/\\{}", "/resourcegroups/rg-b");
      path = path.replaceFirst("/providers/\\{}/register", "/providers/Microsoft.Web/register");
      for (Map.Entry<String, String> odd : odd(request.getValue()).entrySet()) {
        asked++;
        Answer answer = send(parts[0], path.replace("{}", "x1"), odd.getValue());
        boolean told = answer.json().toString().contains("Path '" + odd.getKey() + "'");
        if (answer.status() != 400 || !answer.code().equals("InvalidRequestContent") || !told) {
          wrong.add(request.getKey() + " " + odd.getValue() + " → " + answer);
        }
      }
    }
    assertEquals(List.of(), wrong.subList(0, Math.min(10, wrong.size())));
    assertTrue(asked > 400, "asked " + asked);
  }

  /** Bodies by the place of the wrong value. */
  private Map<String, String> odd(JsonNode shape) {
    Map<String, String> bodies = new LinkedHashMap<>();
    collect(shape, "", "%s", 0, bodies);
    return bodies;
  }

  private void collect(
      JsonNode shape, String path, String around, int depth, Map<String, String> bodies) {
    JsonNode resolved = shape;
    while (resolved.has("is")) {
      resolved = documents.path("definitions").path(resolved.path("is").asText());
    }
    if (!path.isEmpty() && !resolved.asText().equals("any")) {
      boolean array = resolved.has("items");
      boolean object = resolved.has("members") || resolved.has("entries");
      bodies.put(path, around.formatted(array ? "'text'" : object ? "[1]" : "{'a':'b'}"));
    }
    if (depth == DEEPEST) {
      return;
    }
    List<String> readOnly = new ArrayList<>();
    resolved.path("readOnly").forEach(r -> readOnly.add(r.asText()));
    for (Map.Entry<String, JsonNode> member : resolved.path("members").properties()) {
      if (!readOnly.contains(member.getKey())) {
        String name = member.getKey();
        String place = path.isEmpty() ? name : path + "." + name;
        collect(
            member.getValue(), place, around.formatted("{'" + name + "':%s}"), depth + 1, bodies);
      }
    }
    if (resolved.has("items")) {
      collect(resolved.get("items"), path + "[0]", around.formatted("[%s]"), depth + 1, bodies);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "ManagedIdentity/userAssignedIdentities/id-one/federatedIdentityCredentials/f|{'properties':'text'}|properties",
        "ManagedIdentity/userAssignedIdentities/id-one/federatedIdentityCredentials/f|{'properties':{'audiences':'api://x'}}|properties.audiences",
        "KeyVault/vaults/kv-shape|{'location':'eastus2','properties':{'sku':'standard'}}|properties.sku",
        "OperationalInsights/workspaces/log-shape|{'location':'eastus2','properties':{'sku':1}}|properties.sku",
        "Storage/storageAccounts/stshape|{'location':'eastus2','tags':['a']}|tags",
        "Storage/storageAccounts/stshape|{'location':'eastus2','properties':{'isHnsEnabled':'maybe'}}|properties.isHnsEnabled",
        "MachineLearningServices/workspaces/ml/computes/c|{'properties':{'computeType':'AmlCompute','properties':{'scaleSettings':{'maxNodeCount':'many'}}}}|properties.properties.scaleSettings.maxNodeCount",
        "MachineLearningServices/workspaces/ml/jobs/j|{'properties':{'JOBTYPE':'pipeline','jobs':{'a':1}}}|properties.jobs.a",
        "MachineLearningServices/workspaces/ml/jobs/j|{'properties':{'jobType':'Command','inputs':{'a':'text'}}}|properties.inputs.a",
        "Storage/storageAccounts/stshape|{'location':'eastus2','colour':'red'}|colour",
      })
  void a_refusal_names_the_place(String id, String body, String place) {
    Answer answer = send("PUT", PROVIDERS + id, body);
    assertEquals(400, answer.status(), () -> answer.json().toString());
    assertEquals("InvalidRequestContent", answer.code());
    assertTrue(
        answer.json().toString().contains("'" + place + "'"), () -> answer.json().toString());
  }

  @Test
  void letters_of_names_and_choices_may_have_any_case_and_scalars_are_converted() {
    Answer account =
        send(
            "PUT",
            PROVIDERS + "Storage/storageAccounts/stcase",
            """
            {'LOCATION':'East US 2','Sku':{'Name':'standard_zrs'},'kind':'storagev2','tags':{'n':1,'b':true},
             'Properties':{'ISHNSENABLED':'True','minimumTlsVersion':'tls1_2','accessTier':'cool','primaryLocation':'mars','encryption':null}}""");
    assertEquals(2, account.status() / 100, () -> account.json().toString());
    JsonNode made = account.json();
    assertEquals("Standard_ZRS", made.at("/sku/name").asText());
    assertEquals("StorageV2", made.path("kind").asText());
    assertTrue(made.at("/properties/isHnsEnabled").isBoolean());
    assertEquals("TLS1_2", made.at("/properties/minimumTlsVersion").asText());
    assertEquals("Cool", made.at("/properties/accessTier").asText());
    assertEquals("eastus2", made.at("/properties/primaryLocation").asText(), "only Azure says it");
    assertEquals("{\"n\":\"1\",\"b\":\"true\"}", made.path("tags").toString());
  }

  @Test
  void an_id_in_other_letters_means_the_same_resource() {
    String id = PROVIDERS + "ManagedIdentity/userAssignedIdentities/id-one";
    assertEquals(201, send("PUT", id, "{'location':'eastus2'}").status());
    String other = id.toUpperCase(Locale.ROOT).replace("/SUBSCRIPTIONS", "/subscriptions");
    Answer got = send("GET", other, "");
    assertEquals(200, got.status());
    assertEquals(id.toLowerCase(Locale.ROOT), got.text("/id").toLowerCase(Locale.ROOT));
  }

  @Test
  void a_query_parameter_that_is_not_built_is_refused_by_name() {
    String id = PROVIDERS + "Storage/storageAccounts/stquery";
    send("PUT", id, "{'location':'eastus2','sku':{'name':'Standard_LRS'},'kind':'StorageV2'}");
    String url = EmbeddedCloud.ARM + id + "?api-version=2023-01-01&$expand=geoReplicationStats";
    Answer refused = cloud.send("GET", url, "");
    assertEquals(501, refused.status());
    assertTrue(refused.json().toString().contains("$expand=geoReplicationStats"));
    assertEquals(200, cloud.send("GET", url.replace("geoReplicationStats", ""), "").status());
    assertEquals(200, cloud.send("GET", url.replace("$expand", "colour"), "").status());
  }

  /** Nothing here closes a network, so nobody may believe that it is closed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "Storage/storageAccounts/stnet|{'properties':{'networkAcls':{'defaultAction':'deny'}}}|properties.networkAcls.defaultAction",
        "Storage/storageAccounts/stnet|{'properties':{'isSftpEnabled':true}}|properties.isSftpEnabled",
        "Storage/storageAccounts/stnet|{'properties':{'encryption':{'keySource':'Microsoft.Keyvault'}}}|properties.encryption.keySource",
        "KeyVault/vaults/kv-net|{'properties':{'publicNetworkAccess':'disabled'}}|properties.publicNetworkAccess",
        "MachineLearningServices/workspaces/ml-net|{'location':'eastus2','properties':{'managedNetwork':{'isolationMode':'AllowInternetOutbound'}}}|properties.managedNetwork.isolationMode",
        "MachineLearningServices/workspaces/ml-net|{'location':'eastus2','properties':{'systemDatastoresAuthMode':'Identity'}}|properties.systemDatastoresAuthMode",
        "MachineLearningServices/workspaces/ml/data/d/versions/1|{'properties':{'dataType':'uri_file','dataUri':'x','autoDeleteSetting':{'condition':'CreatedGreaterThan','value':'30d'}}}|properties.autoDeleteSetting.condition",
      })
  void a_member_that_would_change_what_azure_does_is_read_or_refused_by_name(
      String id, String body, String member) {
    Answer answer = send("PUT", PROVIDERS + id, body);
    assertEquals(501, answer.status(), () -> answer.json().toString());
    assertTrue(
        answer.json().toString().contains("'" + member + "'"), () -> answer.json().toString());
  }
}
