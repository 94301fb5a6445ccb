package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mlops.emulator.ml.MlCloud.Answer;
import mlops.emulator.ml.schedule.ScheduleClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Feature stores: the workspace, its entities and feature sets, and what they refuse. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeatureStoresTest {
  private static final String STORE = MlCloud.WORKSPACE.replace("ml-one", "fs-one");
  private static final String ENTITY = STORE + "/featurestoreEntities/zone/versions/1";
  private static final String SET = STORE + "/featuresets/zone_hourly/versions/1";
  private static final String ZONE =
      "{'properties':{'description':'pickup zone','indexColumns':[{'columnName':'zone','dataType':'string'}],'tags':{'a':'b'}}}";

  @TempDir Path folder;
  private MlCloud ml;

  @BeforeEach
  void open() {
    ml = MlCloud.empty(folder);
  }

  private void make() {
    Answer made = ml.put(STORE, store("featurestore"));
    assertEquals(200, made.status(), () -> made.json().toString());
  }

  private String store(String kind) {
    String settings =
        "'featureStoreSettings':{'computeRuntime':{'sparkRuntimeVersion':'3.5'},'offlineStoreConnectionName':'Offline'},";
    return ml.workspaceBody("Features")
        .replace("{'location'", "{'kind':'" + kind + "','location'")
        .replace("'properties':{", "'properties':{" + settings);
  }

  /** A feature set as azure-ai-ml sends one, with a text that it makes of the specification. */
  private static String set(String storeType) {
    return "{'properties':{'properties':{'featuresetPropertiesVersion':'1','featuresetProperties':`{~source~:{~type~:~csv~,~sourceDelay~:{~Days~:0,~Hours~:0,~Minutes~:15}},~features~:[{~FeatureName~:~trips~,~DataType~:~long~,~Description~:~how many~},{~FeatureName~:~fare~,~DataType~:~double~,~Tags~:{~k~:~v~}}]}`},'entities':['azureml:zone:1'],'specification':{'path':'azureml://datastores/workspaceblobstore/paths/LocalUpload/1/spec'},'materializationSettings':{'storeType':'%s'}}}"
        .formatted(storeType)
        .replace("~", "\\'")
        .replace('`', '\'');
  }

  private void defined() {
    make();
    assertEquals(201, ml.put(ENTITY, ZONE).status());
    Answer made = ml.put(SET, set("Offline"));
    assertEquals(201, made.status(), () -> made.json().toString());
  }

  @Test
  void a_store_is_a_workspace_of_its_kind() {
    make();

    JsonNode store = ml.get(STORE).json();
    assertEquals("FeatureStore", store.path("kind").asText());
    JsonNode settings = store.at("/properties/featureStoreSettings");
    assertEquals("3.5", settings.at("/computeRuntime/sparkRuntimeVersion").asText());
    assertEquals("Offline", settings.path("offlineStoreConnectionName").asText());
    Answer patched =
        ml.patch(
            STORE,
            "{'properties':{'featureStoreSettings':{'computeRuntime':{'sparkRuntimeVersion':'3.4'}}}}");
    assertEquals(
        "3.4", patched.text("/properties/featureStoreSettings/computeRuntime/sparkRuntimeVersion"));
    Answer changed = ml.put(STORE, store("Default"));
    assertEquals(400, changed.status());
    assertTrue(changed.text("/error/message").contains("from FeatureStore to Default"));
    ml.assertAsDocumented();
  }

  /** The template of azure-ai-ml spells its members so. */
  @Test
  void members_and_categories_are_read_as_azure_ai_ml_spells_them() {
    String odd =
        store("featurestore")
            .replace("computeRuntime", "computeruntime")
            .replace("offlineStoreConnectionName", "offlinestoreconnectionname")
            .replace("'featureStoreS", "'systemDatastoresAuthMode':'identity','featureStoreS");
    assertEquals(200, ml.put(STORE, odd).status());
    String mode = "/properties/systemDatastoresAuthMode";
    assertEquals("Identity", ml.get(STORE + "?api-version=2024-10-01-preview").text(mode));
    assertEquals("", ml.get(STORE).text(mode));
    String datastore = STORE + "/datastores/workspaceblobstore";
    assertEquals("None", ml.get(datastore).text("/properties/credentials/credentialsType"));

    String category =
        "'properties':{'category':'AzureDataLakeGen2','target':'/c','authType':'AAD'}";
    ml.put(STORE + "/connections/Offline", "{" + category + "}");

    assertEquals("ADLSGen2", ml.get(STORE + "/connections/Offline").text("/properties/category"));
    Answer other = ml.put(MlCloud.WORKSPACE, odd.replace("featurestore'", "Default'"));
    assertEquals(501, other.status());
    assertTrue(other.text("/error/message").contains("but in feature stores"));
  }

  @Test
  void a_workspace_keeps_no_features_and_none_of_a_store() {
    ml.put(MlCloud.WORKSPACE, store("Default"));
    assertTrue(
        ml.get(MlCloud.WORKSPACE).json().at("/properties/featureStoreSettings").isMissingNode());

    Answer refused = ml.put(ENTITY.replace("fs-one", "ml-one"), ZONE);

    assertEquals(400, refused.status());
    assertEquals(
        "Workspace ml-one is no feature store: its kind is Default.",
        refused.text("/error/message"));
    assertEquals(404, ml.put(ENTITY, ZONE).status(), "no store");
  }

  @Test
  void entities_are_made_found_listed_archived_and_never_change() {
    make();
    assertEquals(201, ml.put(ENTITY, ZONE).status());
    assertEquals(200, ml.put(ENTITY, ZONE.replace("pickup", "a")).status());

    JsonNode entity = ml.get(ENTITY).json();
    assertEquals("String", entity.at("/properties/indexColumns/0/dataType").asText());
    assertEquals("Development", entity.at("/properties/stage").asText());
    assertEquals("a zone", entity.at("/properties/description").asText());
    assertTrue(entity.path("type").asText().endsWith("/featurestoreEntities/versions"));
    String container = STORE + "/featurestoreEntities/zone";
    assertEquals("2", ml.get(container).text("/properties/nextVersion"));
    assertEquals("1", ml.get(container).text("/properties/latestVersion"));
    Answer other = ml.put(ENTITY, ZONE.replace("'string'", "'long'"));
    assertEquals(400, other.status());
    assertEquals(
        "Failed to update feature store entity zone since field \"indexColumns\" is immutable, try specifying a new version.",
        other.text("/error/message"));
    ml.put(ENTITY, ZONE.replace("'tags'", "'isArchived':true,'stage':'Archived','tags'"));
    assertEquals(0, listed(container + "/versions?listViewType=ActiveOnly&pageSize=20").size());
    assertEquals(1, listed(container + "/versions?listViewType=All&stage=Archived").size());
    assertEquals(1, listed(STORE + "/featurestoreEntities?pageSize=20").size());
    assertEquals(200, ml.put(container, "{'properties':{'tags':{'team':'taxi'}}}").status());
    assertEquals(200, ml.delete(ENTITY).status());
    assertEquals(404, ml.get(ENTITY).status());
    assertEquals(200, ml.delete(container).status());
    assertEquals(404, ml.get(container + "/versions").status());
    ml.assertAsDocumented();
  }

  private JsonNode listed(String collection) {
    Answer list = ml.get(collection);
    assertEquals(200, list.status(), () -> list.json().toString());
    return list.json().path("value");
  }

  @Test
  void a_feature_set_has_the_features_that_its_client_wrote() {
    defined();

    JsonNode set = ml.get(SET).json().path("properties");
    assertEquals("1", set.at("/properties/offlineMaterializationVersion").asText());
    assertEquals("Offline", set.at("/properties/offlineStoreConnectionName").asText());
    assertTrue(set.at("/properties/onlineMaterializationVersion").isMissingNode());
    JsonNode features = listed(SET + "/features?pageSize=1000");
    assertEquals("[\"trips\", \"fare\"]", features.findValues("featureName").toString());
    assertEquals("Long", features.at("/0/properties/dataType").asText());
    assertEquals("how many", ml.get(SET + "/features/trips").text("/properties/description"));
    assertEquals(1, listed(SET + "/features?featureName=fare&tags=k=v").size());
    assertEquals(404, ml.get(SET + "/features/none").status());
    assertEquals(1, listed(STORE + "/featuresets").size());
    String container = STORE + "/featuresets/zone_hourly";
    assertEquals(1, listed(container + "/versions?version=1").size());
    assertEquals(200, ml.put(container, "{'properties':{'description':'x'}}").status());
    assertEquals("x", ml.get(container).text("/properties/description"));
    assertEquals(200, ml.put(SET, set("None")).status());
    assertEquals("1", ml.get(SET).text("/properties/properties/offlineMaterializationVersion"));
    assertEquals(200, ml.delete(SET).status());
    assertEquals(200, ml.delete(container).status());
    ml.assertAsDocumented();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "azureml:zone:1|azureml:zone:2|The feature store entity zone, version 2, was not found. Create it first.",
        "azureml:zone:1|zone|The entity 'zone' is not named as azureml:name:version.",
        "'path':|'way':|The field properties.specification.path is required.",
        "['azureml:zone:1']|[]|The field properties.entities is required.",
      })
  void a_feature_set_that_is_not_whole_is_refused(String right, String wrong, String why) {
    make();
    ml.put(ENTITY, ZONE);

    Answer refused = ml.put(SET, set("None").replace(right, wrong));

    assertEquals(400, refused.status());
    assertEquals(why, refused.text("/error/message"));
    assertEquals(404, ml.get(SET).status());
  }

  @Test
  void what_a_feature_set_computes_never_changes() {
    defined();
    for (List<String> change :
        List.of(
            List.of("LocalUpload/1", "LocalUpload/2", "specification"),
            List.of("trips", "rides", "properties.featuresetProperties"))) {
      Answer refused = ml.put(SET, set("Offline").replace(change.get(0), change.get(1)));
      assertEquals(400, refused.status());
      assertTrue(
          refused
              .text("/error/message")
              .contains(
                  "feature set zone_hourly since field \"%s\" is immutable"
                      .formatted(change.get(2))),
          refused.text("/error/message"));
    }
  }

  @Test
  void a_backfill_makes_a_job_of_what_is_missing_and_another_of_nothing() {
    defined();
    String window =
        "{'featureWindow':{'featureWindowStart':'2026-03-04T00:00:00Z','featureWindowEnd':'%s'},'displayName':'bf','tags':{'t':'1'},'resource':{'instanceType':'Standard_E8S_V3'},'dataAvailabilityStatus':['None']}";

    JsonNode made = ml.post(SET + "/backfill", window.formatted("2026-03-05T00:00:00Z")).json();

    String job = made.at("/jobIds/0").asText();
    assertTrue(job.startsWith("Featurestore-Materialization-BackfillJob-zone_hourly-1-"), job);
    JsonNode again = ml.post(SET + "/backfill", window.formatted("2026-03-05T00:00:00Z")).json();
    assertEquals("[]", again.path("jobIds").toString(), "nothing is missing");
    JsonNode more = ml.post(SET + "/backfill", window.formatted("2026-03-06T00:00:00Z")).json();
    assertEquals(
        "2026-03-05T00:00:00Z", property(more.at("/jobIds/0").asText(), "FeatureWindowStart"));
    String query =
        "?api-version=2023-08-01-preview&properties=azureml.FeatureSetName=zone_hourly,azureml.FeatureSetVersion=1,azureml.FeatureWindowStart=2026-03-04T00:00:00&tag=t=1";
    JsonNode found = listed(STORE + "/jobs" + query);
    assertEquals(1, found.size());
    assertEquals(job, found.at("/0/name").asText());
    ml.await(STORE + "/jobs/" + job);
    JsonNode old = ml.post(SET + "/listMaterializationJobs", "").json().path("value");
    assertEquals(2, old.size());
    assertEquals("BackfillMaterialization", old.at("/0/type").asText());
    assertEquals(200, ml.post(SET + "/backfill", "{'jobId':'" + job + "'}").status());
    ml.assertAsDocumented();
  }

  @Test
  void a_schedule_materializes_the_last_interval_by_itself() {
    defined();
    String schedule =
        "'storeType':'Offline','schedule':{'triggerType':'Recurrence','frequency':'hour','interval':2,'timeZone':'UTC','schedule':{'hours':[],'minutes':[]}}}";
    List<String> said = new CopyOnWriteArrayList<>();
    ScheduleClock clock = ml.cloud().azure().fireSchedules(said::add);
    String body = set("Offline").replace("'storeType':'Offline'}", schedule);
    assertEquals(200, ml.put(SET, body).status());
    ml.until(() -> !said.isEmpty());
    clock.close();
    assertEquals("feature set zone_hourly:1: materialized by schedule", said.get(0));
    JsonNode job = listed(STORE + "/jobs").get(0);
    String name = job.path("name").asText();
    assertEquals("RecurrentMaterialization", property(name, "FeatureStoreJobType"));
    Instant start = Instant.parse(property(name, "FeatureWindowStart"));
    Instant end = Instant.parse(property(name, "FeatureWindowEnd"));
    assertEquals(Duration.ofHours(2), Duration.between(start, end));
    String at = ml.get(SET).text("/properties/materializationSettings/schedule/startTime");
    assertEquals(Duration.ofMinutes(15), Duration.between(end, Instant.parse(at)), "the delay");
    ml.await(STORE + "/jobs/" + name);
    Answer odd =
        ml.put(
            SET,
            set("Offline").replace("'storeType':'Offline'}", schedule.replace("hour'", "blink'")));
    assertEquals(400, odd.status());
    assertTrue(odd.text("/error/message").contains("'blink'"), odd.text("/error/message"));
  }

  private String property(String job, String name) {
    return ml.get(STORE + "/jobs/" + job)
        .json()
        .at("/properties/properties")
        .path("azureml." + name)
        .asText();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|The field featureWindow.featureWindowStart is required: nothing is materialized yet.",
        "{'featureWindow':{'featureWindowStart':'2026-03-04T00:00:00Z','featureWindowEnd':'2026-03-04T00:00:00Z'}}|is empty",
        "{'featureWindow':{'featureWindowStart':'yesterday'}}|'yesterday' is no time",
        "{'dataAvailabilityStatus':['Pending'],'featureWindow':{'featureWindowStart':'2026-03-04T00:00:00Z','featureWindowEnd':'2026-03-05T00:00:00Z'}}|cancel its job",
      })
  void a_backfill_that_says_too_little_is_refused(String body, String why) {
    defined();
    Answer refused = ml.post(SET + "/backfill", body);
    assertEquals(400, refused.status());
    assertTrue(refused.text("/error/message").contains(why), refused.text("/error/message"));
    assertEquals(404, ml.post(SET + "/backfill", "{'jobId':'none'}").status());
    ml.put(SET, set("None"));
    assertTrue(ml.post(SET + "/backfill", body).text("/error/message").contains("is not enabled"));
  }

  @Test
  void whoever_has_no_role_is_denied_by_the_action() {
    defined();
    for (List<String> asked :
        List.of(
            List.of("GET", ENTITY, "featurestoreEntities/read"),
            List.of("PUT", SET, "featuresets/write"),
            List.of("GET", SET + "/features", "featuresets/read"),
            List.of("POST", SET + "/backfill", "featuresets/action"),
            List.of("DELETE", SET, "featuresets/delete"))) {
      Answer denied = ml.sendAsStranger(asked.get(0), asked.get(1), "{}");
      assertEquals(403, denied.status(), asked.get(1));
      assertTrue(
          denied
              .text("/error/message")
              .contains("Microsoft.MachineLearningServices/workspaces/" + asked.get(2)),
          denied.text("/error/message"));
    }
  }
}
