package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The assets of a registry, by the data plane that azure-ai-ml talks to. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RegistryDataPlaneTest {
  private static final String PLANE =
      "https://cert-eastus2.experiments.azureml.net/mferp/managementfrontend" + RegistriesTest.ONE;
  private static final String VERSION = "?api-version=2021-10-01-dataplanepreview";
  private static final String MODEL = "/models/taxi/versions/7";
  private static final String USER = "1823dd4f-9b8c-4ab6-ab4e-7397a3684615";
  private static final String READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

  @TempDir Path folder;
  private MlCloud ml;

  @BeforeEach
  void open() {
    ml = MlCloud.in(folder);
    assertEquals(
        202,
        ml.put(RegistriesTest.ONE, RegistriesTest.body(RegistriesTest.region("eastus2"))).status());
  }

  private Answer plane(String method, String path, String body) {
    return ml.send(method, PLANE + path + (path.contains("?") ? "" : VERSION), body);
  }

  private Answer as(String token, String method, String path, String body) {
    return ml.send(method, PLANE + path + VERSION, body, token, Map.of());
  }

  /** Uploads a file for an asset: the address of its folder. */
  private String uploaded(String asset, String content) {
    String[] parts = asset.split("/");
    Answer upload =
        plane(
            "PUT",
            "/tempdatarefs/%s/versions/%s".formatted(parts[2], parts[4]),
            "{'assetId':'azureml://registries/reg-one%s','temporaryDataReferenceType':'TemporaryBlobReference'}"
                .formatted(asset));
    assertEquals(200, upload.status(), () -> upload.json().toString());
    container(upload.text("/blobReferenceForConsumption/credential/sasUri"))
        .getBlobClient("a/model.pkl")
        .upload(BinaryData.fromString(content));
    return upload.text("/blobReferenceForConsumption/blobUri") + "/a";
  }

  /** The SDK takes an address with a port for that of a storage emulator. */
  private BlobContainerClient container(String sas) {
    return new BlobContainerClientBuilder()
        .endpoint(sas.replace(":443/", "/"))
        .httpClient(ml.cloud().http())
        .buildClient();
  }

  private static String properties(String properties) {
    return "{'properties':" + properties + "}";
  }

  private void polled(Answer accepted, int status) {
    assertEquals(202, accepted.status(), () -> accepted.json().toString());
    assertEquals("1", accepted.header("Retry-After"));
    assertEquals("PT1H", accepted.header("x-ms-async-operation-timeout"));
    Answer poll = ml.get(accepted.header("Location"));
    assertEquals(status, poll.status(), () -> poll.json().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "codes|yes|{'codeUri':'URI','properties':{'hash_sha256':'abc','hash_version':202208}}",
        "components|no|{'componentSpec':{'name':'thing','version':'1','type':'command','command':'true','is_deterministic':true}}",
        "data|yes|{'dataType':'uri_folder','dataUri':'URI'}",
        "environments|no|{'image':'mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04'}",
        "models|yes|{'modelType':'custom_model','modelUri':'URI','system_metadata':null}",
      })
  void are_made_polled_shown_and_archived(String collection, String upload, String version) {
    String one = "/" + collection + "/thing/versions/1";
    String uri = upload.equals("yes") ? uploaded(one, "bytes") : "";
    assertTrue(uri.isEmpty() || uri.contains(".blob.core.windows.net:443/"), uri);

    Answer made = plane("PUT", one, properties(version.replace("URI", uri)));

    polled(made, 200);
    Answer found = plane("GET", one, "");
    assertEquals("azureml://registries/reg-one" + one, found.text("/id"));
    assertFalse(found.json().toString().contains(":443"), "kept without a port");
    String all = "/" + collection;
    Answer container = plane("GET", all + "/thing", "");
    assertEquals("1", container.text("/properties/latestVersion"));
    assertEquals("2", container.text("/properties/nextVersion"));
    assertEquals("azureml://registries/reg-one" + all + "/thing", container.text("/id"));
    String newest = all + "/thing/versions" + VERSION + "&$orderBy=createdtime desc&$top=1";
    assertEquals(1, plane("GET", newest, "").json().path("value").size());
    assertEquals(200, plane("PUT", all + "/thing", "{'properties':{'isArchived':true}}").status());
    String active = all + VERSION + "&listViewType=ListViewType.ACTIVE_ONLY";
    assertEquals(0, plane("GET", active, "").json().path("value").size());
    String any = all + VERSION + "&listViewType=All";
    assertEquals(1, plane("GET", any, "").json().path("value").size());
  }

  @Test
  void nothing_of_what_is_not_there_and_404_in_azures_words() {
    Answer none = plane("GET", "/models/none/versions" + VERSION + "&$top=1", "");
    assertEquals("[]", none.json().path("value").toString());
    Answer missing = plane("GET", MODEL, "");
    assertEquals(404, missing.status());
    assertEquals(
        "Could not find asset with ID: azureml://registries/reg-one" + MODEL,
        missing.text("/error/message"));
    assertEquals("ComponentName", missing.text("/error/additionalInfo/0/type"));
    assertEquals(404, ml.get(MlCloud.API + "/assetstore/v1.0/operations/none").status());
    String image = "{'properties':{'image':'ubuntu'}}";
    assertEquals(400, plane("PUT", "/environments/a%2F..%2Fb/versions/1", image).status());
    String half = "{'assetId':'azureml://registries/reg-one/models/taxi'}";
    assertEquals(400, plane("PUT", "/tempdatarefs/taxi/versions/7", half).status());
    for (String odd : List.of("", "'tags':5", "'isArchived':'x'", "'modelUri':{}")) {
      assertEquals(400, plane("PUT", MODEL, "{'properties':{%s}}".formatted(odd)).status(), odd);
    }
  }

  @Test
  void a_version_is_downloaded_and_never_changes() {
    String uri = uploaded(MODEL, "bytes");
    polled(plane("PUT", MODEL, properties("{'modelUri':'%s'}".formatted(uri))), 200);
    String kept = plane("GET", MODEL, "").text("/properties/modelUri");

    Answer reference =
        plane(
            "POST",
            "/datarefs/taxi/versions/7",
            "{'assetId':'azureml://registries/reg-one%s','blobUri':'%s'}".formatted(MODEL, kept));

    assertEquals("SAS", reference.text("/blobReferenceForConsumption/credential/credentialType"));
    BlobContainerClient read =
        container(reference.text("/blobReferenceForConsumption/credential/sasUri"));
    assertEquals("bytes", read.getBlobClient("a/model.pkl").downloadContent().toString());
    Answer again =
        plane(
            "PUT",
            "/tempdatarefs/taxi/versions/7",
            "{'assetId':'azureml://registries/reg-one%s'}".formatted(MODEL));
    assertEquals(409, again.status());
    String other = uploaded("/models/taxi/versions/8", "other");
    Answer changed = plane("PUT", MODEL, properties("{'modelUri':'%s'}".formatted(other)));
    assertEquals(409, changed.status());
    assertEquals(
        "Model taxi with version 7 is already registered and cannot be changed.",
        changed.text("/error/message"));
    Answer foreign =
        plane(
            "POST",
            "/datarefs/taxi/versions/7",
            "{'assetId':'azureml://registries/reg-one%s','blobUri':'%s'}".formatted(MODEL, other));
    assertEquals(400, foreign.status());
  }

  /** A model in the workspace: its id as a registry is told it. */
  private String model(String name) {
    ml.blob("m/" + name + "/model.pkl");
    Answer made =
        ml.put(
            MlCloud.WORKSPACE + "/models/" + name + "/versions/3",
            properties(
                "{'modelType':'custom_model','tags':{'rmse':'2.5'},'modelUri':'azureml://datastores/workspaceblobstore/paths/m/%s'}"
                    .formatted(name)));
    assertEquals(201, made.status(), () -> made.json().toString());
    return source("models/" + name + "/versions/3");
  }

  private String source(String asset) {
    String guid = ml.get(MlCloud.WORKSPACE).text("/properties/workspaceId");
    return "azureml://locations/eastus2/workspaces/%s/%s".formatted(guid, asset);
  }

  private static String share(String source) {
    return share(source, "taxi", "7");
  }

  private static String share(String source, String name, String version) {
    return properties(
        "{'referenceType':'Id','destinationName':'%s','destinationVersion':'%s','sourceAssetId':'%s'}"
            .formatted(name, version, source));
  }

  @Test
  void a_shared_model_keeps_its_bytes_and_its_origin() {
    String source = model("taxi");

    Answer accepted = plane("POST", "/import", share(source));

    polled(accepted, 204);
    Answer shared = plane("GET", MODEL, "");
    assertEquals(source, shared.text("/properties/originAssetId"));
    assertEquals("2.5", shared.text("/properties/tags/rmse"));
    assertEquals("taxi", shared.text("/name"));
    assertTrue(shared.json().at("/properties/jobName").isNull());
    assertTrue(shared.json().at("/properties/flavors").isObject());
    Answer reference =
        plane(
            "POST",
            "/datarefs/taxi/versions/7",
            "{'assetId':'azureml://registries/reg-one%s','blobUri':'%s'}"
                .formatted(MODEL, shared.text("/properties/modelUri")));
    BlobContainerClient read =
        container(reference.text("/blobReferenceForConsumption/credential/sasUri"));
    assertEquals(
        List.of("m/taxi/model.pkl"), read.listBlobs().stream().map(b -> b.getName()).toList());
    polled(plane("POST", "/import", share(source)), 204);
    polled(plane("POST", "/import", share(model("other"))), 409);
    assertEquals(source, plane("GET", MODEL, "").text("/properties/originAssetId"));
  }

  @Test
  void its_origin_is_lost_by_a_put_that_leaves_it_out() {
    polled(plane("POST", "/import", share(model("taxi"))), 204);
    Answer shared = plane("GET", MODEL, "");
    String whole = shared.json().path("properties").toString();

    polled(plane("PUT", MODEL, properties(whole)), 200);
    assertTrue(plane("GET", MODEL, "").json().at("/properties").has("originAssetId"));
    String tags = "{'modelUri':'%s','modelType':'custom_model','tags':{'stage':'prod'}}";
    polled(
        plane("PUT", MODEL, properties(tags.formatted(shared.text("/properties/modelUri")))), 200);

    Answer tagged = plane("GET", MODEL, "");
    assertEquals("prod", tagged.text("/properties/tags/stage"));
    assertFalse(tagged.json().at("/properties").has("originAssetId"));
  }

  @Test
  void environments_and_data_are_shared_too() {
    ml.put(
        MlCloud.WORKSPACE + "/environments/e/versions/1",
        properties("{'image':'mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04'}"));
    ml.blob("d/rows.csv");
    ml.put(
        MlCloud.WORKSPACE + "/data/d/versions/1",
        properties(
            "{'dataType':'uri_file','dataUri':'azureml://datastores/workspaceblobstore/paths/d/rows.csv'}"));

    polled(plane("POST", "/import", share(source("environments/e/versions/1"), "e", "4")), 204);
    polled(plane("POST", "/import", share(source("data/d/versions/1"), "d", "5")), 204);

    assertTrue(
        plane("GET", "/environments/e/versions/4", "")
            .text("/properties/image")
            .contains("openmpi"));
    assertTrue(
        plane("GET", "/data/d/versions/5", "").text("/properties/dataUri").endsWith("/d/rows.csv"));
  }

  /** The same from the other side, by Resource Manager. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "models|{'modelUri':'azureml://datastores/workspaceblobstore/paths/p'}",
        "data|{'dataType':'uri_folder','dataUri':'azureml://datastores/workspaceblobstore/paths/p'}",
        "environments|{'image':'mcr.microsoft.com/azureml/base'}",
      })
  void a_workspace_publishes_into_a_registry(String collection, String version) {
    ml.blob("p/file.txt");
    String asset = collection + "/thing/versions/1";
    assertEquals(201, ml.put(MlCloud.WORKSPACE + "/" + asset, properties(version)).status());
    String publish = MlCloud.WORKSPACE + "/" + asset + "/publish";
    String body = "{'registryName':'reg-one','destinationName':'other','destinationVersion':'%s'}";

    assertEquals(200, ml.post(publish, body.formatted(2)).status());
    assertEquals(200, ml.post(publish, body.formatted(2)).status(), "the same again");

    String made = "/" + collection + "/other/versions/2";
    assertEquals(source(asset), plane("GET", made, "").text("/properties/originAssetId"));
    assertEquals(401, ml.post(publish, body.replace("reg-one", "reg-two")).status());
    assertEquals(
        404, ml.post(publish.replace("versions/1", "versions/9"), body.formatted(3)).status());
    ml.assertAsDocumented();
  }

  @Test
  void what_cannot_be_shared_fails() {
    String source = model("taxi");
    polled(plane("POST", "/import", share(source.replace("versions/3", "versions/9"))), 404);
    polled(
        plane("POST", "/import", share(source.replaceAll("workspaces/[^/]+", "workspaces/none"))),
        404);
    Answer elsewhere = plane("POST", "/import", share(source.replace("eastus2", "westus")));
    assertEquals(400, elsewhere.status());
    assertTrue(elsewhere.text("/error/message").contains("'westus'"));
    Answer component = plane("POST", "/import", share(source.replace("models", "components")));
    assertEquals(400, component.status());
    String other = PLANE.replace("cert-eastus2", "cert-westus") + MODEL + VERSION;
    assertEquals(400, ml.get(other).status());
  }

  @Test
  void two_shares_at_once_are_one_asset() {
    String source = model("taxi");

    List<Answer> answers =
        IntStream.range(0, 4)
            .parallel()
            .mapToObj(i -> plane("POST", "/import", share(source)))
            .toList();

    answers.forEach(a -> polled(a, 204));
    String storage =
        ml.get(RegistriesTest.ONE)
            .text(
                "/properties/regionDetails/0/storageAccountDetails/0/systemCreatedStorageAccount/armResourceId/resourceId");
    assertEquals(
        1,
        ml.get(storage + "/blobServices/default/containers?api-version=2022-09-01")
            .json()
            .path("value")
            .size());
  }

  /** A token of a new identity with this role on the registry, or none. */
  private String token(String role) {
    Directory directory = new Directory(ml.cloud().azure().state());
    String principal = directory.managedIdentity("id" + role, "/id" + role).objectId();
    if (!role.isEmpty()) {
      Answer given =
          ml.put(
              RegistriesTest.ONE
                  + "/providers/Microsoft.Authorization/roleAssignments/"
                  + UUID.randomUUID(),
              "{'properties':{'roleDefinitionId':'%s/providers/Microsoft.Authorization/roleDefinitions/%s','principalId':'%s','principalType':'ServicePrincipal'}}"
                  .formatted(EmbeddedCloud.SUBSCRIPTION, role, principal));
      assertEquals(201, given.status(), () -> given.json().toString());
    }
    return ml.cloud().tokenOf(principal, EmbeddedCloud.ARM);
  }

  @Test
  void each_right_is_asked_for_by_itself() {
    String source = model("taxi");
    polled(plane("POST", "/import", share(source)), 204);
    String stranger = token("");
    String reader = token(READER);
    String user = token(USER);

    Answer hidden = as(stranger, "GET", MODEL, "");
    assertEquals(401, hidden.status());
    assertEquals(
        "User/tenant/subscription is not allowed to access registry reg-one",
        hidden.text("/error/message"));
    assertEquals(200, as(reader, "GET", MODEL, "").status());
    Answer refused = as(reader, "POST", "/import", share(source));
    assertEquals(403, refused.status());
    String why = refused.text("/error/message");
    assertTrue(why.contains("registries/assets/write"), why);
    assertTrue(why.contains(RegistriesTest.ONE), why);
    Answer unread = as(user, "POST", "/import", share(source, "taxi", "8"));
    assertEquals(403, unread.status(), "the source is not theirs to read");
    assertTrue(unread.text("/error/message").contains("workspaces/models/versions/read"));
    String archive = plane("GET", MODEL, "").json().path("properties").toString();
    Answer archived =
        as(
            user,
            "PUT",
            MODEL,
            properties(archive.replace("\"isArchived\":false", "\"isArchived\":true")));
    polled(archived, 200);
  }
}
