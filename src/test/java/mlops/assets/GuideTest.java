package mlops.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.assets.content.Snapshot;
import mlops.assets.content.Upload;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The guide's files become the very bodies that Azure's own client was seen to send. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GuideTest {
  private static final String IDENTITY =
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-demo-mlops-demo/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mlopsuidemodemo";

  @Test
  void a_compute_cluster_with_the_identity_that_the_command_names() {
    FieldOverrides identity =
        FieldOverrides.parse(
            List.of(
                "identity.type=user_assigned",
                "identity.user_assigned_identities=[{\"resource_id\":\"%s\"}]"
                    .formatted(IDENTITY)));
    ObjectNode expected = (ObjectNode) WireCatalog.body("az ml compute create", "/computes/");
    ((ObjectNode) expected.path("properties")).put("disableLocalAuth", true); // newer clients do
    assertEquals(
        expected,
        WireCatalog.sent(translate(AssetFileType.COMPUTE, "compute/computedev.yml", identity)));
  }

  @Test
  void environments_with_their_conda_file_inside() {
    assertEquals(
        WireCatalog.body("az ml environment create --file ./dev", "/environments/"),
        WireCatalog.sent(
            translate(AssetFileType.ENVIRONMENT, "dev/train-env.yml", FieldOverrides.none())));
    Resource test =
        translate(AssetFileType.ENVIRONMENT, "test/test-env.yml", FieldOverrides.none());
    assertEquals(
        WireCatalog.body("az ml environment create --file ./test", "/environments/"),
        WireCatalog.sent(test));
    assertEquals("environments/taxi-test-env-demo-mlops", test.path());
  }

  @Test
  void a_datastore_whose_account_is_set_on_the_command_line() {
    FieldOverrides account = FieldOverrides.parse(List.of("account_name=stgaccmlops2demodemo"));
    Resource datastore = translate(AssetFileType.DATASTORE, "test/data-store.yml", account);
    assertEquals(
        WireCatalog.body("az ml datastore create", "/datastores/"), WireCatalog.sent(datastore));
    assertEquals("datastores/mlopsdemotestcointainer", datastore.path());
  }

  @Test
  void a_data_asset_in_a_datastore() {
    assertEquals(
        WireCatalog.body("az ml data create", "/data/"),
        WireCatalog.sent(
            translate(AssetFileType.DATA, "test/file-data-asset.yml", FieldOverrides.none())));
  }

  @Test
  void a_batch_endpoint_and_its_deployment() {
    FieldOverrides name = FieldOverrides.none().with("name", "taxifare-b-mldemo-t-demo");
    Resource endpoint =
        translate(AssetFileType.BATCH_ENDPOINT, "test/batch-endpoint-test.yml", name);
    assertEquals(
        WireCatalog.body("az ml batch-endpoint create", "/batchEndpoints/"),
        WireCatalog.sent(endpoint));
    assertEquals("batchEndpoints/taxifare-b-mldemo-t-demo", endpoint.path());

    FieldOverrides of = FieldOverrides.none().with("endpoint_name", "taxifare-b-mldemo-t-demo");
    Resource deployment =
        translate(AssetFileType.BATCH_DEPLOYMENT, "test/batch-deployment-test.yml", of);
    assertEquals(
        WireCatalog.body("az ml batch-deployment create", "/deployments/"),
        WireCatalog.sent(deployment));
    assertEquals(
        "batchEndpoints/taxifare-b-mldemo-t-demo/deployments/batch-dp-mlopsdemo-test",
        deployment.path());
  }

  @Test
  void a_model_from_a_folder() {
    FieldOverrides none = FieldOverrides.none();
    AssetRequests model =
        AssetFile.read(AssetFileType.MODEL, TestFiles.guide("test/model.yml"), none)
            .translate(new FixedWorkspace("ml-mlopsdemo-demo-02"));
    JsonNode captured = WireCatalog.body("az ml model create", "/models/");
    ObjectNode expected = captured.deepCopy();
    String uri = captured.at("/properties/modelUri").asText();
    String uploaded = uri.replaceFirst("LocalUpload/[0-9a-f]{32}", upload(model));
    ((ObjectNode) expected.get("properties")).put("modelUri", uploaded);
    assertEquals(expected, WireCatalog.sent(model.resource()));
  }

  @Test
  void a_pipeline_whose_jobs_become_anonymous_components() {
    AssetRequests job = pipeline();
    List<JsonNode> captured = WireCatalog.bodies("az ml job create", "/components/");
    List<Resource> components =
        job.dependencies().stream().filter(r -> r.collection().equals("components")).toList();
    assertEquals(captured.size(), components.size());
    String code = id(job, "codes");
    for (int i = 0; i < captured.size(); i++) {
      ObjectNode expected = captured.get(i).deepCopy();
      ((ObjectNode) expected.at("/properties/componentSpec")).put("code", "azureml:" + code);
      assertEquals(expected, WireCatalog.sent(components.get(i)));
    }
  }

  @Test
  void code_that_four_jobs_share_is_uploaded_and_created_once() {
    AssetRequests job = pipeline();
    List<Resource> codes =
        job.dependencies().stream().filter(r -> r.collection().equals("codes")).toList();
    assertEquals(1, codes.size());
    ObjectNode expected = WireCatalog.body("az ml job create", "/codes/").deepCopy();
    Snapshot source = Snapshot.of(TestFiles.guide("dev/src"));
    ObjectNode properties = (ObjectNode) expected.get("properties");
    ((ObjectNode) properties.get("properties")).put("hash_sha256", source.sha256());
    properties.put(
        "codeUri",
        "https://account.blob.core.windows.net/workspaceblobstore/LocalUpload/%s/src"
            .formatted(source.md5()));
    assertEquals(expected, WireCatalog.sent(codes.get(0)));
    assertEquals(
        List.of(data() + "/data", "LocalUpload/%s/src".formatted(source.md5())),
        job.uploads().stream().map(Upload::path).toList());
  }

  @Test
  void the_pipeline_job_itself() {
    AssetRequests job = pipeline();
    ObjectNode expected = WireCatalog.body("az ml job create", "/jobs/").deepCopy();
    ObjectNode properties = (ObjectNode) expected.get("properties");
    properties.remove("displayName"); // the name that the client made up
    String uri = "azureml://datastores/workspaceblobstore/paths/%s/data/".formatted(data());
    ((ObjectNode) properties.at("/inputs/input")).put("uri", uri);
    List<Resource> components =
        job.dependencies().stream().filter(r -> r.collection().equals("components")).toList();
    int i = 0;
    for (JsonNode child : properties.get("jobs")) {
      ((ObjectNode) child).put("componentId", id(job, components.get(i++).path()));
    }
    assertEquals(expected, WireCatalog.sent(job.resource()));
    assertEquals("jobs/", job.resource().path());
  }

  private static AssetRequests pipeline() {
    return JobFile.read(TestFiles.guide("dev/pipeline.yml"), FieldOverrides.none())
        .translate(new FixedWorkspace("ml-mlopsdemo-demo-01"));
  }

  private static String data() {
    return "LocalUpload/" + Snapshot.of(TestFiles.guide("data")).md5();
  }

  /** The ARM id of the first dependency whose path starts so. */
  private static String id(AssetRequests job, String path) {
    return job.dependencies().stream()
        .map(Resource::path)
        .filter(p -> p.startsWith(path))
        .map(p -> new FixedWorkspace("ml-mlopsdemo-demo-01").workspaceId() + "/" + p)
        .findFirst()
        .orElseThrow();
  }

  private static String upload(AssetRequests translation) {
    return translation.uploads().get(0).path().replaceFirst("/[^/]+$", "");
  }

  private static Resource translate(AssetFileType type, String file, FieldOverrides overrides) {
    String workspace = file.startsWith("test") ? "ml-mlopsdemo-demo-02" : "ml-mlopsdemo-demo-01";
    return AssetFile.read(type, TestFiles.guide(file), overrides)
        .translate(new FixedWorkspace(workspace))
        .resource();
  }
}
