package mlops.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mlops.Shared;
import mlops.cli.Transcript;
import mlops.emulator.EmbeddedAzureOptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole guide by clients that nobody here wrote: the real az, and the real azure-ai-ml. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@ParameterizedClass(name = "{0}")
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuideClientsCheck {
  private static final String SUBSCRIPTION = "/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION;
  private static final String ML = SUBSCRIPTION + "/resourceGroups/rg-demo-mlops-demo";
  private static final String ACCOUNT =
      SUBSCRIPTION
          + "/resourceGroups/rg-demo-mlops-storage-demo/providers/Microsoft.Storage/storageAccounts/stgaccmlops2demodemo";

  @Parameter private InstalledClients.Release release;

  private RealClients clients;
  private String said;

  @BeforeParameterizedClassInvocation(injectArguments = false)
  void the_guide_runs(@TempDir Path folder) throws Exception {
    clients = RealClients.in(folder, InstalledClients.of(release));
    said = clients.run("guide.sh");
    GuideTable.write(clients);
  }

  @Test
  void makes_groups_an_account_and_an_identity() throws IOException {
    assertEquals(ML, clients.json("group").path("id").asText());
    JsonNode account = clients.json("account");
    assertEquals(ACCOUNT, account.path("id").asText());
    assertEquals("Standard_ZRS", account.at("/sku/name").asText());
    assertTrue(account.path("isHnsEnabled").asBoolean());
    assertEquals(
        ML + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mlopsuidemodemo",
        clients.text("identity"));
  }

  @Test
  void logs_in_as_a_service_principal_and_as_a_user() throws IOException {
    assertEquals("servicePrincipal", clients.json("login").at("/0/user/type").asText());
    assertEquals("user", clients.json("login-user").at("/0/user/type").asText());
    assertEquals(
        EmbeddedAzureOptions.SUBSCRIPTION, clients.json("login-user").at("/0/id").asText());
  }

  @Test
  void says_each_command_in_the_words_and_the_order_of_the_guide() throws IOException {
    List<String> said = clients.text("commands").lines().map(GuideClientsCheck::plain).toList();
    for (boolean ml : new boolean[] {false, true}) { // the catalogue has them one after the other
      int last = -1;
      for (String command : catalogue()) {
        if (command.startsWith("az ml ") == ml) {
          int at = -1;
          for (int i = last + 1; i < said.size() && at < 0; i++) {
            at = said.get(i).startsWith(command) ? i : -1;
          }
          assertTrue(at > last, () -> command + " is not said in its place:\n" + said);
          last = at;
        }
      }
    }
  }

  /** The commands of the guide; long ones are cut off there. */
  private static List<String> catalogue() throws IOException {
    List<String> commands =
        Files.readAllLines(Shared.path("wire-catalog.md")).stream()
            .filter(line -> line.startsWith("## `az ") && !line.contains("(extra)"))
            .map(line -> plain(line.substring(4, line.length() - 1).replace("'", "")))
            .toList();
    assertTrue(commands.size() > 30, commands::toString);
    return commands;
  }

  /** Without what differs from state to state. */
  static String plain(String command) {
    return command
        .replace("'", "")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "{guid}")
        .replaceAll(" -p \\S+", " -p secret")
        .replaceAll(" (/subscriptions\\S+/mlopsuidemodemo|\\$id)", " {id}");
  }

  @Test
  void makes_workspaces_by_their_deployment_and_computes_for_an_identity() throws IOException {
    for (String stage : List.of("dev", "test", "prod")) {
      String title = stage.substring(0, 1).toUpperCase(Locale.ROOT) + stage.substring(1);
      assertEquals(title + " Workspace", clients.json("workspace-" + stage).asText());
      assertEquals("Succeeded", clients.json("compute-" + stage).asText());
    }
    for (String number : List.of("01", "02", "03")) {
      String line = "(?s).*Creating (AzureML W|w)orkspace: \\(ml-mlopsdemo-demo-%s  \\)  Done.*";
      assertTrue(said.matches(line.formatted(number)), said);
    }
  }

  @Test
  void gives_roles() throws IOException {
    assertEquals("ServicePrincipal", clients.json("role-identity").path("principalType").asText());
    assertEquals(clients.text("user"), clients.json("role-user").path("principalId").asText());
    assertEquals(ML, clients.json("role-prod").path("scope").asText());
    List<String> roles = clients.json("roles").findValuesAsText("roleDefinitionName");
    assertEquals(5, roles.stream().filter("Storage Blob Data Owner"::equals).count(), said);
    assertTrue(
        clients
            .json("roles")
            .findValuesAsText("principalName")
            .contains("you@mlops.onmicrosoft.com"));
  }

  @Test
  void leaves_github_connect_nothing_to_do_for_its_applications_but_the_subject() {
    Transcript mlops = Transcript.of(clients.state());
    String connect = "github connect --repo octo-org/taxi --no-reviewers --plan -o json";
    assertEquals(0, mlops.run(connect.split(" ")), mlops::err);
    Map<String, JsonNode> steps = new HashMap<>();
    mlops.json().path("steps").forEach(s -> steps.put(s.path("id").asText(), s));
    for (String stage : List.of("dev", "test", "prod")) {
      for (String step : List.of("application.", "principal.", "role.group.")) {
        assertEquals("none", steps.get(step + stage).path("action").asText(), step + stage);
      }
      JsonNode credential = steps.get("credential." + stage);
      assertEquals("create", credential.path("action").asText());
      String reason = credential.path("reason").asText();
      assertTrue(reason.contains("there is repo:jlobrant/mlopsdemov2:environment:"), reason);
      assertTrue(reason.endsWith("which GitHub's tokens do not say"), reason);
    }
  }

  @Test
  void uploads_and_lists_blobs() throws IOException {
    assertTrue(clients.json("container-prod").path("created").asBoolean());
    for (String stage : List.of("test", "prod")) {
      assertTrue(clients.json("upload-" + stage).path("etag").asText().startsWith("\"0x"));
      JsonNode blobs = clients.json("blobs-" + stage);
      assertEquals(
          List.of(
              "taxibatch",
              "taxibatch/taxi-batch.csv",
              "taxioutput",
              "taxioutput/taxi-request.json"),
          names(blobs));
      long size = blobs.get(1).at("/properties/contentLength").asLong();
      assertEquals(Files.size(Path.of("data/taxi-batch.csv")), size);
    }
  }

  @Test
  void makes_applications_that_github_may_be() throws IOException {
    for (String title : List.of("Dev", "Test", "Prod")) {
      String stage = title.toLowerCase(Locale.ROOT);
      JsonNode principal = clients.json("principal-" + stage);
      assertEquals(clients.text("app-" + stage), principal.path("appId").asText());
      assertEquals(clients.text("principal-id-" + stage), principal.path("id").asText());
      JsonNode credential = clients.json("credential-" + stage);
      assertEquals("GitHub" + title + "Deploy", credential.path("name").asText());
      assertEquals(
          "repo:jlobrant/mlopsdemov2:environment:" + title, credential.path("subject").asText());
    }
  }

  @Test
  void trains_by_the_pipeline_whose_steps_are_streamed() throws IOException {
    assertEquals("Completed", clients.json("job-status").asText());
    for (String step : List.of("prep_data", "train_model", "evaluate_model", "register_model")) {
      assertTrue(said.matches("(?s).*Child job '" + step + "', run \\S+: Completed.*"), said);
    }
  }

  @Test
  void deploys_to_test_and_prod_and_scores_there() throws IOException {
    for (String stage : List.of("test", "prod")) {
      assertEquals("1", clients.json("model-" + stage).asText());
      assertEquals("Succeeded", clients.json("endpoint-" + stage).asText());
      assertEquals(
          "[\"batch-dp-mlopsdemo-" + stage + "\"]", clients.json("deployment-" + stage).toString());
      assertEquals(1, clients.json("jobs-" + stage).size());
      assertEquals(clients.json("score-" + stage), clients.json("jobs-" + stage).at("/0/name"));
    }
  }

  @Test
  void comes_to_the_model_and_the_predictions_of_replay() throws IOException {
    Transcript mlops = Transcript.of(clients.folder().resolve("replayed"));
    Path predictions = clients.folder().resolve("predictions");
    int exit =
        mlops.run(
            "replay",
            "--profile",
            clients.folder().resolve("mlops.yml") + "",
            "--download",
            predictions + "",
            "--html",
            clients.folder().resolve("report.html") + "",
            "-o",
            "json");
    assertEquals(0, exit, mlops::err);
    JsonNode replayed = mlops.json().at("/result/train/metrics");
    if (clients.installed().isDebian()) { // azure-ai-ml 1.35 knows no output of type UriFolder
      JsonNode trained = clients.found("metrics.json");
      for (String metric : List.of("r2", "rmse", "mae")) {
        assertEquals(replayed.path(metric).asDouble(), trained.path(metric).asDouble(), metric);
      }
    }
    for (String stage : List.of("test", "prod")) {
      List<String> scored = rows(clients.folder().resolve("out/predictions-" + stage + ".csv"));
      assertEquals(rows(Path.of("data/taxi-batch.csv")).size() - 1, scored.size());
      assertEquals(rows(predictions.resolve(stage).resolve("predictions.csv")), scored);
    }
  }

  /** In a fixed order: which file is scored first is open. */
  private static List<String> rows(Path file) throws IOException {
    return Files.readString(file).lines().sorted().toList();
  }

  @Test
  void leaves_nothing_for_bootstrap_to_do() {
    Transcript mlops = Transcript.of(clients.state());
    int exit = mlops.run("bootstrap", "--plan", "--detailed-exitcode");
    assertEquals(0, exit, mlops::out);
    assertTrue(mlops.out().contains("Plan: 35 unchanged."), mlops::out);
  }

  private static List<String> names(JsonNode blobs) {
    List<String> names = new ArrayList<>();
    blobs.forEach(blob -> names.add(blob.path("name").asText()));
    return names;
  }
}
