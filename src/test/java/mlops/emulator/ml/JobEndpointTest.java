package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import mlops.emulator.http.Json;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the process of a job reaches of the embedded Azure, and what it does not. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JobEndpointTest {

  /** Sends requests as MLflow and azure-identity do, and logs the statuses as metrics. */
  private static final String SCRIPT =
      """
      import json, os, urllib.error, urllib.request
      base = os.environ["MLFLOW_TRACKING_URI"]
      token = os.environ["MLFLOW_TRACKING_TOKEN"]
      origin = base.split("/mlflow/")[0]
      def ask(url, token=token, body=None, **headers):
          data = None if body is None else json.dumps(body).encode()
          request = urllib.request.Request(url, data, {"Authorization": "Bearer " + token, **headers})
          try:
              with urllib.request.urlopen(request) as answer:
                  return answer.status, json.load(answer)
          except urllib.error.HTTPError as e:
              return e.code, {}
      def note(name, status):
          metric = {"run_id": os.environ["MLFLOW_RUN_ID"], "key": name, "value": status}
          assert ask(base + "/api/2.0/mlflow/runs/log-metric", body=metric)[0] == 200
      get = base + "/api/2.0/mlflow/experiments/get-by-name?experiment_name="
      note("own", ask(get + os.environ["MLFLOW_EXPERIMENT_NAME"])[0])
      note("no_token", ask(get + "x", token="x")[0])
      note("elsewhere", ask(get.replace("/ml-one/", "/ml-two/") + "x")[0])
      data = origin + "/datastore/v1.0" + base.split("/v2.0")[1] + "/datastores/"
      note("datastore", ask(data + "workspaceblobstore")[0])
      note("arm", ask(origin + base.split("/v2.0")[1] + "?api-version=2024-04-01")[0])
      hosts = ask(os.environ["AZUREML_DISCOVERY_SERVICE_ENDPOINT"], token="")[1]
      assert hosts["modelmanagement"] == origin, hosts
      history = hosts["history"] + "/history/v1.0" + base.split("/v2.0")[1]
      run = "/experimentids/" + os.environ["AZUREML_EXPERIMENT_ID"] + "/runs/" + os.environ["AZUREML_RUN_ID"]
      note("sdk_secret", ask(history.replace("/history/v1.0", "/credential/v2.0") + "/secrets/x")[0])
      note("sdk", ask(history + run, token=os.environ["AZUREML_RUN_TOKEN"])[0])
      msi = os.environ["MSI_ENDPOINT"] + "?api-version=2017-09-01&resource="
      secret = os.environ["MSI_SECRET"]
      status, answer = ask(msi + "https://vault.azure.net", secret=secret)
      note("msi", status)
      note("msi_no_secret", ask(msi + "https://vault.azure.net", secret="x")[0])
      note("msi_unknown", ask(msi + "https://example.org", secret=secret)[0])
      note("msi_other", ask(msi + "https://vault.azure.net&clientid=x", secret=secret)[0])
      claims = answer["access_token"].split(".")[1]
      import base64
      claims = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
      print(claims["aud"], claims["oid"])
      obo = os.environ.get("OBO_ENDPOINT")
      config = json.load(open("../.azureml/config.json"))
      assert config["workspace_name"] == "ml-one" and "/" not in config["resource_group"], config
      note("vault", ask("https://mlone.vault.azure.net/secrets?api-version=7.4", answer["access_token"])[0])
      note("obo", 0 if obo is None else ask(obo + "?resource=https://storage.azure.com")[0])
      """;

  @TempDir Path folder;

  private static String body(String identity) {
    ObjectNode properties = Json.object().put("jobType", "Command").put("experimentName", "e");
    properties.put("computeId", MlCloud.WORKSPACE + "/computes/cpu");
    properties.put("environmentId", MlCloud.WORKSPACE + "/environments/plain/versions/1");
    properties.put("command", "cat > s.py <<'EOF'\n" + SCRIPT + "EOF\npython3 s.py");
    if (!identity.isEmpty()) {
      properties.putObject("identity").put("identityType", identity);
    }
    return Json.object().set("properties", properties).toString();
  }

  private JsonNode metrics(MlCloud ml, String identity) {
    ml.put(MlCloud.WORKSPACE + "/environments/plain/versions/1", "{'properties':{'image':'x'}}");
    ml.put(
        MlCloud.WORKSPACE + "/computes/cpu",
        "{'location':'eastus2','identity':{'type':'SystemAssigned'},'properties':{'computeType':'AmlCompute','properties':{'vmSize':'STANDARD_DS3_V2','scaleSettings':{'maxNodeCount':1}}}}");
    String job = MlCloud.WORKSPACE + "/jobs/one";
    assertEquals(201, ml.sendAsIs("PUT", job, body(identity)).status());
    JsonNode ended = ml.await(job);
    String run = MlCloud.WORKSPACE + "/runs/one";
    JsonNode document = ml.cloud().azure().state().read(run).orElseThrow();
    assertEquals("Completed", ended.at("/properties/status").asText(), document::toPrettyString);
    String logged = "/mlflow/v2.0" + MlCloud.WORKSPACE + "/api/2.0/mlflow/runs/get?run_id=one";
    ObjectNode metrics = Json.object();
    ml.get(MlCloud.API + logged)
        .json()
        .at("/run/data/metrics")
        .forEach(metric -> metrics.set(metric.path("key").asText(), metric.get("value")));
    return metrics;
  }

  private static int status(JsonNode metrics, String name) {
    return metrics.path(name).asInt();
  }

  @Test
  void a_job_logs_to_its_run_and_asks_for_its_identity_and_for_nothing_else() {
    JsonNode metrics = metrics(MlCloud.in(folder), "");
    assertEquals(200, status(metrics, "own"));
    assertEquals(401, status(metrics, "no_token"));
    assertEquals(403, status(metrics, "elsewhere"));
    assertEquals(200, status(metrics, "datastore"));
    assertEquals(403, status(metrics, "arm"));
    assertEquals(200, status(metrics, "sdk"));
    assertEquals(501, status(metrics, "sdk_secret"));
    assertEquals(200, status(metrics, "msi"));
    assertEquals(401, status(metrics, "msi_no_secret"));
    assertEquals(400, status(metrics, "msi_unknown"));
    assertEquals(400, status(metrics, "msi_other"));
    assertEquals(0, status(metrics, "obo"));
    assertEquals(403, status(metrics, "vault"), "of the vault it knows the host, and has no role");
  }

  @Test
  void with_the_identity_of_the_user_it_works_on_behalf_of_who_submitted_it() {
    assertEquals(200, status(metrics(MlCloud.in(folder), "UserIdentity"), "obo"));
  }
}
