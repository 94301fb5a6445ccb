package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import java.nio.file.Path;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The assets of a registry, by Azure Resource Manager. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RegistryAssetsTest {
  private static final String ONE = RegistriesTest.ONE;

  @TempDir Path folder;
  private MlCloud ml;

  @BeforeEach
  void open() {
    ml = MlCloud.empty(folder);
    assertEquals(202, ml.put(ONE, RegistriesTest.body(RegistriesTest.region("eastus2"))).status());
  }

  /** Uploads a file for an asset: the address of its folder. */
  private String uploaded(String collection) {
    Answer upload =
        ml.post(
            ONE + "/" + collection + "/thing/versions/1/startPendingUpload",
            "{'pendingUploadType':'TemporaryBlobReference'}");
    assertEquals(200, upload.status(), () -> upload.json().toString());
    BlobContainerClient container =
        container(upload.text("/blobReferenceForConsumption/credential/sasUri"));
    container.getBlobClient("a/model.pkl").upload(BinaryData.fromString("bytes"));
    return upload.text("/blobReferenceForConsumption/blobUri") + "/a";
  }

  private BlobContainerClient container(String sas) {
    return new BlobContainerClientBuilder()
        .endpoint(sas)
        .httpClient(ml.cloud().http())
        .buildClient();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "codes|{}|codes|{'codeUri':'URI'}",
        "components|{}||{'componentSpec':{'name':'thing','version':'1','type':'command','command':'true','is_deterministic':true}}",
        "data|{'dataType':'uri_folder'}|data|{'dataType':'uri_folder','dataUri':'URI'}",
        "environments|{}||{'image':'mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04'}",
        "models|{}|models|{'modelType':'custom_model','modelUri':'URI'}",
      })
  void are_made_listed_archived_and_deleted(
      String collection, String container, String uploads, String version) {
    String all = ONE + "/" + collection;
    String one = all + "/thing";
    String uri = uploads == null ? "" : uploaded(uploads);

    Answer made = ml.put(one + "/versions/1", properties(version.replace("URI", uri)));

    assertEquals(201, made.status(), () -> made.json().toString());
    assertEquals("Succeeded", ml.get(made.header("Azure-AsyncOperation")).text("/status"));
    assertEquals(one + "/versions/1", ml.get(one + "/versions/1").text("/id"));
    assertEquals(
        1, ml.get(one + "/versions?$top=1&$orderBy=createdtime desc").json().at("/value").size());
    assertEquals("2", ml.get(one).text("/properties/nextVersion"));
    assertEquals(1, ml.get(all).json().path("value").size());
    Answer archived =
        ml.put(
            one,
            properties(
                container.replace(
                    "}", container.equals("{}") ? "'isArchived':true}" : ",'isArchived':true}")));
    assertEquals(200, archived.status(), () -> archived.json().toString());
    assertEquals(202, ml.delete(one + "/versions/1").status());
    assertEquals(204, ml.delete(one + "/versions/1").status());
    assertEquals(404, ml.get(one + "/versions/1").status());
    assertEquals(202, ml.delete(one).status());
    assertEquals(404, ml.get(one).status());
    assertEquals(0, ml.get(one + "/versions").json().path("value").size(), "none of none");
    ml.assertAsDocumented();
  }

  private static String properties(String properties) {
    return "{'properties':" + properties + "}";
  }

  @Test
  void a_version_is_read_by_a_signature_and_changes_in_its_tags_alone() {
    String uri = uploaded("models");
    String version = ONE + "/models/thing/versions/1";
    String body = "{'properties':{'modelType':'custom_model','modelUri':'%s','tags':%s}}";
    assertEquals(201, ml.put(version, body.formatted(uri, "{}")).status());

    Answer reference =
        ml.post(
            ONE + "/datareferences/thing/versions/1",
            "{'assetId':'azureml://registries/reg-one/models/thing/versions/1','blobUri':'%s'}"
                .formatted(uri));

    BlobContainerClient read =
        container(reference.text("/blobReferenceForConsumption/credential/sasUri"));
    assertEquals("bytes", read.getBlobClient("a/model.pkl").downloadContent().toString());
    assertEquals(200, ml.put(version, body.formatted(uri, "{'stage':'prod'}")).status());
    assertEquals("prod", ml.get(version).text("/properties/tags/stage"));
    String other = uploaded2();
    Answer refused = ml.put(version, body.formatted(other, "{}"));
    assertEquals(409, refused.status());
    assertTrue(refused.text("/error/message").contains("already registered and cannot be changed"));
    assertEquals(
        409,
        ml.post(version + "/startPendingUpload", "{'pendingUploadType':'TemporaryBlobReference'}")
            .status());
    ml.assertAsDocumented();
  }

  private String uploaded2() {
    Answer upload =
        ml.post(
            ONE + "/models/thing/versions/2/startPendingUpload",
            "{'pendingUploadType':'TemporaryBlobReference'}");
    container(upload.text("/blobReferenceForConsumption/credential/sasUri"))
        .getBlobClient("a/model.pkl")
        .upload(BinaryData.fromString("other"));
    return upload.text("/blobReferenceForConsumption/blobUri") + "/a";
  }

  @Test
  void what_lies_elsewhere_or_nowhere_is_refused() {
    String version = ONE + "/models/thing/versions/1";
    for (String uri :
        new String[] {
          "azureml://jobs/j/outputs/artifacts/paths/model/",
          "azureml://subscriptions/s/resourcegroups/g/workspaces/None/datastores/d/paths/a",
          "https://mlone.blob.core.windows.net/some/where"
        }) {
      Answer refused = ml.put(version, "{'properties':{'modelUri':'%s'}}".formatted(uri));
      assertEquals(400, refused.status(), uri);
      assertTrue(refused.text("/error/message").contains("storage of registry reg-one"), uri);
    }
    Answer empty =
        ml.put(version, properties("{'modelUri':'%s/none'}".formatted(uploaded("models"))));
    assertEquals("ModelAssetPathNotFoundInStorage", empty.text("/error/details/0/code"));
    Answer disk =
        ml.put(
            ONE + "/environments/e/versions/1",
            properties("{'build':{'contextUri':'/home/me/context'}}"));
    assertEquals(400, disk.status());
    Answer workspace =
        ml.put(
            ONE + "/components/c/versions/1",
            properties(
                "{'componentSpec':{'type':'command','command':'true','environment':'azureml:e:1'}}"));
    assertTrue(workspace.text("/error/message").contains("is not in a registry"));
    assertEquals(404, ml.get(version.replace("reg-one", "reg-two")).status());
    assertEquals(403, ml.sendAsStranger("GET", version, "").status());
  }
}
