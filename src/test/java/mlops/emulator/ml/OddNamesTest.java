package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names become names of files: whatever they are, a resource is kept whole or refused. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class OddNamesTest {
  private static final String AZURE = MlCloud.GROUP + "/providers/Microsoft.";

  private static final String ENVIRONMENT = MlCloud.WORKSPACE + "/environments/plain/versions/1";

  /** Percent-encoded, as they stand in a path. */
  private static final List<String> NAMES =
      List.of(
          "n".repeat(250),
          "n".repeat(251),
          "n".repeat(255),
          "n".repeat(256),
          "n".repeat(5000),
          "%C3%BC".repeat(90),
          "%F0%9F%98%80",
          "%E2%84%AA",
          ".",
          "..",
          ".json",
          "a.json",
          "a.",
          "a..b",
          "a%00b",
          "%00",
          "a%0Ab",
          "a%2Fb",
          "..%2F..%2Fb",
          "a%5Cb",
          "a%20b",
          "a%25b",
          "a~b",
          "-",
          "_a",
          "con",
          "(a)",
          "Mixed-Case");

  @TempDir Path folder;
  private MlCloud ml;

  @BeforeEach
  void openWithAWorkspace() {
    ml = MlCloud.in(folder);
    ml.put(AZURE + "ManagedIdentity/userAssignedIdentities/one", "{'location':'eastus2'}");
    ml.blob("m/model.pkl");
  }

  private void makeWhatDeploymentsAndJobsNeed() {
    ml.put(
        MlCloud.WORKSPACE + "/computes/cluster",
        "{'location':'eastus2','properties':{'computeType':'AmlCompute','properties':{'vmSize':'STANDARD_DS2_V2','scaleSettings':{'minNodeCount':0,'maxNodeCount':1}}}}");
    ml.put(
        MlCloud.WORKSPACE + "/models/scored/versions/1",
        "{'properties':{'modelType':'custom_model','modelUri':'azureml://datastores/workspaceblobstore/paths/m'}}");
    ml.put(
        MlCloud.WORKSPACE + "/batchEndpoints/odd-names",
        "{'location':'eastus2','properties':{'authMode':'AADToken'}}");
    ml.put(ENVIRONMENT, "{'properties':{'image':'ubuntu'}}");
  }

  /** A job's name is that of the folder that it runs in. */
  @Test
  void a_job_runs_under_any_name_or_is_refused() {
    makeWhatDeploymentsAndJobsNeed();
    String body =
        "{'properties':{'jobType':'Command','command':'true','environmentId':'%s'}}"
            .formatted(ENVIRONMENT);
    List<String> wrong = new ArrayList<>();
    List<String> runs = new ArrayList<>();
    for (String name : NAMES.subList(2, NAMES.size())) { // each run takes a moment
      String id = MlCloud.WORKSPACE + "/jobs/" + name;
      Answer made = ml.put(id, body);
      if (made.status() == 201) {
        runs.add(id);
      } else if (made.status() / 100 != 4 || ml.get(id).status() / 100 != 4) {
        wrong.add(made.status() + " " + id + made.json());
      }
    }
    for (String id : runs) {
      String ended = ml.await(id).at("/properties/status").asText();
      int deleted = ml.delete(id).status();
      if (!ended.equals("Completed") || deleted != 200 || ml.get(id).status() != 404) {
        wrong.add("%s: %s, delete %d".formatted(id, ended, deleted));
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(runs.size() > 2, runs::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{sub}/resourceGroups/?|{'location':'eastus2'}",
        "{az}Resources/deployments/?|{'properties':{'mode':'Incremental','template':{'$schema':'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#','contentVersion':'1.0.0.0','resources':[]}}}",
        "{az}Authorization/roleAssignments/?|{'properties':{}}",
        "{az}Storage/storageAccounts/?|{'location':'eastus2','sku':{'name':'Standard_LRS'},'kind':'StorageV2'}",
        "{az}Storage/storageAccounts/mlone/blobServices/default/containers/?|{'properties':{}}",
        "{az}KeyVault/vaults/?|{'location':'eastus2','properties':{'tenantId':'11111111-1111-1111-1111-111111111111','sku':{'family':'A','name':'standard'},'accessPolicies':[]}}",
        "{az}Insights/components/?|{'location':'eastus2','kind':'web','properties':{'Application_Type':'web'}}",
        "{az}OperationalInsights/workspaces/?|{'location':'eastus2','properties':{}}",
        "{az}ManagedIdentity/userAssignedIdentities/?|{'location':'eastus2'}",
        "{az}ManagedIdentity/userAssignedIdentities/one/federatedIdentityCredentials/?|{'properties':{'issuer':'https://token.actions.githubusercontent.com','subject':'repo:me/it:environment:Dev','audiences':['api://AzureADTokenExchange']}}",
        "{az}Authorization/locks/?|{'properties':{'level':'CanNotDelete'}}",
        "{ws}|{ws}",
        "{ws}/computes/?|{'location':'eastus2','properties':{'computeType':'AmlCompute','properties':{'vmSize':'STANDARD_DS2_V2','scaleSettings':{'minNodeCount':0,'maxNodeCount':1}}}}",
        "{ws}/datastores/?|{'properties':{'datastoreType':'AzureBlob','accountName':'mlone','containerName':'c','credentials':{'credentialsType':'None'}}}",
        "{ws}/environments/?|{'properties':{}}",
        "{ws}/environments/?/versions/1|{'properties':{'image':'ubuntu'}}",
        "{ws}/environments/e/versions/?|{'properties':{'image':'ubuntu'}}",
        "{ws}/data/?/versions/1|{'properties':{'dataType':'uri_file','dataUri':'azureml://datastores/workspaceblobstore/paths/x'}}",
        "{ws}/data/d/versions/?|{'properties':{'dataType':'uri_file','dataUri':'azureml://datastores/workspaceblobstore/paths/x'}}",
        "{ws}/codes/c/versions/?|{'properties':{'codeUri':'https://mlone.blob.core.windows.net/code/a'}}",
        "{ws}/components/?/versions/1|{'properties':{'componentSpec':{'type':'command','name':'x','command':'true'}}}",
        "{ws}/models/?/versions/1|{'properties':{'modelType':'custom_model','modelUri':'azureml://datastores/workspaceblobstore/paths/m'}}",
        "{ws}/models/m/versions/?|{'properties':{'modelType':'custom_model','modelUri':'azureml://datastores/workspaceblobstore/paths/m'}}",
        "{ws}/connections/?|{'properties':{'authType':'None','category':'PythonFeed','target':'https://one.example'}}",
        "{ws}/batchEndpoints/?|{'location':'eastus2','properties':{'authMode':'AADToken'}}",
        "{ws}/batchEndpoints/odd-names/deployments/?|{'location':'eastus2','properties':{'compute':'{ws}/computes/cluster','model':{'referenceType':'Id','assetId':'{ws}/models/scored/versions/1'}}}",
      })
  void a_resource_is_kept_whole_under_any_name_or_refused(String path, String body) {
    boolean workspace = path.equals("{ws}");
    String template =
        (workspace ? AZURE + "MachineLearningServices/workspaces/?" : path)
            .replace("{sub}", EmbeddedCloud.SUBSCRIPTION)
            .replace("{az}", AZURE)
            .replace("{ws}", MlCloud.WORKSPACE);
    if (path.contains("/deployments/?") && !path.contains("Resources")) {
      makeWhatDeploymentsAndJobsNeed();
    }
    List<String> wrong = new ArrayList<>();
    for (String name : NAMES) {
      check(
          template.replace("?", name),
          workspace ? ml.workspaceBody("x") : body.replace("{ws}", MlCloud.WORKSPACE),
          wrong);
    }
    assertEquals(List.of(), wrong);
  }

  private void check(String id, String body, List<String> wrong) {
    String shown = id.length() > 300 ? id.substring(0, 300) + "…" : id;
    Answer made = ml.put(id, body);
    Answer got = ml.get(id);
    if (made.status() / 100 != 2) {
      boolean refused = made.status() / 100 == 4 && got.status() / 100 == 4;
      if (!refused) {
        wrong.add(made.status() + " " + got.status() + " " + shown + made.json());
      }
      return;
    }
    Answer other = ml.get(otherCase(id));
    String list = id.substring(0, id.lastIndexOf('/'));
    long listed = list.endsWith("resourceGroups") ? named(list, got) : named(list, made);
    String how = id.contains("/computes/") ? "?underlyingResourceAction=Delete" : "";
    int deleted = ml.delete(id + how).status();
    int gone = ml.get(id).status();
    if (got.status() != 200
        || other.status() != 200
        || !other.text("/id").equalsIgnoreCase(got.text("/id"))
        || listed != 1
        || deleted / 100 != 2
        || gone != 404) {
      wrong.add(
          "%s: put %d, get %d, in other letters %d, listed %d, delete %d, then %d"
              .formatted(
                  shown, made.status(), got.status(), other.status(), listed, deleted, gone));
    }
  }

  /** The same name in the other case, but for what follows a percent sign. */
  private static String otherCase(String id) {
    int last = id.endsWith("/versions/1") ? id.length() - "/versions/1".length() : id.length();
    int from = id.lastIndexOf('/', last - 1) + 1;
    String name = id.substring(from, last);
    String other = name.contains("%") ? name : name.toUpperCase(Locale.ROOT);
    return id.substring(0, from) + other + id.substring(last);
  }

  private long named(String list, Answer one) {
    return StreamSupport.stream(ml.get(list).json().path("value").spliterator(), false)
        .filter(r -> r.path("name").asText().equals(one.text("/name")))
        .count();
  }
}
