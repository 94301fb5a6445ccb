package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.TestKey;
import mlops.emulator.WorkflowLogin;
import mlops.emulator.github.account.GitHubToken;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.Conclusion;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.RunStatus;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.github.actions.WorkflowRuns;
import mlops.emulator.http.Json;

/** The repository {@code octo-org/taxi}, and an Azure with what {@code connect} needs to find. */
record TaxiRepository(EmbeddedCloud cloud, Transcript mlops) {
  static final String PATH = "/repos/octo-org/taxi";
  static final String CONNECT = "github connect --repo octo-org/taxi --no-reviewers";
  private static final String GRAPH = "https://graph.microsoft.com/v1.0";

  static TaxiRepository in(Path folder) {
    Path state = TestKey.in(folder);
    TaxiRepository taxi = new TaxiRepository(EmbeddedCloud.in(state), Transcript.of(state));
    taxi.bootstrap();
    return taxi;
  }

  private void bootstrap() {
    String storage = "/resourceGroups/rg-demo-mlops-storage-demo";
    String account = storage + "/providers/Microsoft.Storage/storageAccounts/stgaccmlops2demodemo";
    arm("/resourceGroups/rg-demo-mlops-demo", "{\"location\":\"eastus2\"}");
    arm(storage, "{\"location\":\"eastus2\"}");
    arm(
        account,
        "{\"location\":\"eastus2\",\"kind\":\"StorageV2\",\"sku\":{\"name\":\"Standard_LRS\"},\"properties\":{}}");
    for (String env : List.of("test", "prod")) {
      arm(account + "/blobServices/default/containers/mlopsdemo" + env, "{\"properties\":{}}");
    }
  }

  private void arm(String id, String body) {
    String url = EmbeddedCloud.ARM + EmbeddedCloud.SUBSCRIPTION + id + "?api-version=2023-05-01";
    EmbeddedCloud.Answer made =
        cloud.send(
            "PUT", id.contains("/providers/") ? url : url.replace("2023-05", "2021-04"), body);
    assertTrue(made.status() < 300, () -> id + made);
  }

  int run(String words) {
    return mlops.run(words.split(" "));
  }

  JsonNode gitHub(String path) {
    return gitHub("GET", path, "").json();
  }

  EmbeddedCloud.Answer gitHub(String method, String path, String body) {
    GitHubToken token = cloud.azure().github().tokens().ofUser();
    return cloud.send(method, "https://api.github.com" + path, body, token.value());
  }

  JsonNode application(String env) {
    String filter = "?$filter=displayName eq 'gitApp" + env + "demo'";
    JsonNode found = cloud.send("GET", GRAPH + "/applications" + filter, "").json().path("value");
    assertEquals(1, found.size(), found::toString);
    return found.get(0);
  }

  /** How many roles are assigned on the resource group itself. */
  int roles() {
    String url =
        EmbeddedCloud.ARM
            + EmbeddedCloud.SUBSCRIPTION
            + "/resourceGroups/rg-demo-mlops-demo/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter=atScope()";
    return cloud.send("GET", url, "").json().path("value").size();
  }

  List<String> subjects(String env) {
    List<String> subjects = new ArrayList<>();
    cloud
        .send("GET", credentials(env), "")
        .json()
        .path("value")
        .forEach(c -> subjects.add(c.path("subject").asText()));
    return subjects;
  }

  /** The URL of the federated credentials of the application of an environment. */
  String credentials(String env) {
    String id = application(env).path("id").asText();
    return GRAPH + "/applications/" + id + "/federatedIdentityCredentials";
  }

  /** Makes an application with a service principal, as the guide does, and no credential. */
  void makeApplication(String env) {
    String named = Json.object().put("displayName", "gitApp" + env + "demo").toString();
    JsonNode made = cloud.send("POST", GRAPH + "/applications", named).json();
    ObjectNode principal = Json.object().put("appId", made.path("appId").asText());
    assertEquals(201, cloud.send("POST", GRAPH + "/servicePrincipals", principal + "").status());
  }

  /** Gives the application of an environment a password. */
  String password(String env) {
    String url = GRAPH + "/applications/" + application(env).path("id").asText() + "/addPassword";
    EmbeddedCloud.Answer made = cloud.send("POST", url, "{\"passwordCredential\":{}}");
    assertEquals(200, made.status(), made::toString);
    return made.json().path("secretText").asText();
  }

  /** Gives the application of an environment a credential by hand; its id. */
  String credential(String env, String issuer, String subject, String audience) {
    ObjectNode body =
        Json.object()
            .put("name", "by-hand-" + subject.hashCode())
            .put("issuer", issuer)
            .put("subject", subject);
    body.putArray("audiences").add(audience);
    EmbeddedCloud.Answer made = cloud.send("POST", credentials(env), body.toString());
    assertEquals(201, made.status(), made::toString);
    return made.json().path("id").asText();
  }

  /** Deletes a credential by its name, as az does. */
  void deleteCredential(String env, String name) {
    EmbeddedCloud.Answer gone = cloud.send("DELETE", credentials(env) + "/" + name, "");
    assertEquals(204, gone.status(), gone::toString);
  }

  /** A run whose one job waits for an environment. */
  WorkflowRun waiting(String environment) {
    WorkflowRuns runs = cloud.azure().github().actions().runs();
    return runs.change(
        repository(),
        start(),
        "job",
        j -> j.named("Job", environment, List.of()).with(RunStatus.WAITING, runs.now()));
  }

  /** The variables of a job that runs, and may ask who it is; without those of its environment. */
  Map<String, String> runningJob(String environment) {
    GitHubActions actions = cloud.azure().github().actions();
    WorkflowRun run =
        actions
            .runs()
            .change(
                repository(),
                start(),
                "job",
                j ->
                    j.named("Job", environment, List.of())
                        .with(RunStatus.IN_PROGRESS, actions.runs().now()));
    long job = run.jobs().get(0).number();
    return Map.of(
        "GITHUB_ACTIONS",
        "true",
        "ACTIONS_ID_TOKEN_REQUEST_URL",
        actions.idTokens().requestUrl(repository(), run.number(), job),
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
        actions.idTokens().requestToken(repository(), run.number(), job));
  }

  /** A run whose one job has failed, and wrote this. */
  WorkflowRun failed(String log) throws IOException {
    WorkflowRuns runs = cloud.azure().github().actions().runs();
    WorkflowRun run =
        runs.change(repository(), start(), "job", j -> j.completed(Conclusion.FAILURE, runs.now()));
    Path file = runs.log(repository(), run.number(), run.jobs().get(0).number());
    Files.createDirectories(file.getParent());
    Files.writeString(file, log);
    return run;
  }

  private long start() {
    GitHubActions actions = cloud.azure().github().actions();
    String path = ".github/workflows/mlops.yml";
    return actions
        .runs()
        .start(
            repository(),
            actions.workflows().register(repository(), path, "taxi"),
            "taxi",
            new WorkflowRun.Trigger("push", "main", "0123456789".repeat(4)),
            "hubot",
            List.of(new WorkflowRuns.NewJob("job", "job", List.of("ubuntu-latest"))))
        .number();
  }

  private Repository repository() {
    return cloud.azure().github().actions().directory().repository("octo-org/taxi").orElseThrow();
  }

  /** What Entra answers to a job whose token is for this subject. */
  EmbeddedCloud.Answer logIn(String env, String subject) {
    WorkflowLogin login = new WorkflowLogin(cloud);
    return login.exchange(application(env).path("appId").asText(), login.assertion(subject));
  }
}
