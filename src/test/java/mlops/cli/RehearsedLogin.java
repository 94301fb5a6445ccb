package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mlops.Program;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.WorkflowLogin;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.WorkflowRun;

/**
 * A workflow whose one job logs az in to Azure, rehearsed on clouds that {@code connect} has
 * prepared, and that a test then spoils.
 */
record RehearsedLogin(TaxiRepository taxi, Path folder, String repository) {
  static final String ISSUER = "https://token.actions.githubusercontent.com";
  static final String DEV = "repo:octo-org@190010001/taxi@1230000001:environment:Dev";
  static final String LOGIN =
      """
      name: login
      on: workflow_dispatch
      permissions: {id-token: write}
      jobs:
        dev:
          runs-on: ubuntu-latest
          environment: Dev
          steps:
            - uses: azure/login@v2
              with:
                client-id: ${{ vars.AZURE_CLIENT_ID }}
                tenant-id: ${{ vars.AZURE_TENANT_ID }}
                subscription-id: ${{ vars.AZURE_SUBSCRIPTION_ID }}
            - run: az group show --name rg-demo-mlops-demo --query name --output tsv
      """;

  static RehearsedLogin in(Path folder, String repository) {
    assumeTrue(Files.exists(Path.of("/usr/bin/az")), "there is no /usr/bin/az: install azure-cli");
    TaxiRepository taxi = TaxiRepository.in(folder.resolve("azure"));
    RehearsedLogin login = new RehearsedLogin(taxi, folder, repository);
    login.run("mlops github connect --repo " + repository);
    login.write(LOGIN);
    return login;
  }

  private Path file() {
    return folder.resolve("taxi/.github/workflows/mlops.yml");
  }

  void write(String workflow) {
    try {
      Files.createDirectories(file().getParent());
      Files.writeString(file(), workflow);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void run(String command) {
    assertTrue(command.startsWith("mlops "), command);
    assertEquals(0, taxi.run(command.substring("mlops ".length())), this::said);
  }

  private String said() {
    return taxi.mlops().out() + taxi.mlops().err();
  }

  int rehearse(String more) {
    String words = "github rehearse --repo %s --workflow %s %s";
    return taxi.run(words.formatted(repository, file(), more).strip());
  }

  /** Puts another credential in the place of that of dev. */
  void spoil(String issuer, String subject, String audience) {
    EmbeddedCloud cloud = taxi.cloud();
    for (JsonNode one : cloud.send("GET", taxi.credentials("dev"), "").json().path("value")) {
      String url = taxi.credentials("dev") + "/" + one.path("id").asText();
      assertEquals(204, cloud.send("DELETE", url, "").status());
    }
    taxi.credential("dev", issuer, subject, audience);
  }

  void spoil(String subject) {
    spoil(ISSUER, subject, WorkflowLogin.AUDIENCE);
  }

  /** It fails with these words in its log, and the doctor, given the run, names why; its mend. */
  String fails(String failure, String words) throws IOException {
    assertEquals(1, rehearse(""), this::said);
    assertTrue(log().contains(words), () -> words + " is not in\n" + read());
    return diagnosed(failure);
  }

  String diagnosed(String failure) {
    String doctor = "github doctor --repo %s --run %d -o json";
    assertEquals(0, taxi.run(doctor.formatted(repository, last().number())), this::said);
    JsonNode result = taxi.mlops().json().path("result");
    assertEquals(failure, result.path("failure").asText(), result::toPrettyString);
    return result.path("mend").asText();
  }

  void succeeds() {
    assertEquals(0, rehearse(""), () -> said() + read());
  }

  /** The same run, which was asked for again. */
  void succeedsAgain() {
    assertEquals(0, rehearse("--run " + last().number()), () -> said() + read());
    assertEquals(2, last().attempt());
  }

  /** The run that somebody asked for. */
  void succeedsWhenDispatched() {
    assertEquals(0, rehearse("--run " + last().number()), () -> said() + read());
    assertEquals(1, last().attempt());
  }

  String log() throws IOException {
    WorkflowRun run = last();
    return Files.readString(
        actions().runs().log(repositoryOf(), run.number(), run.jobs().get(0).number()));
  }

  private String read() {
    try {
      return log();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private WorkflowRun last() {
    return actions().runs().all(repositoryOf()).get(0);
  }

  private GitHubActions actions() {
    return taxi.cloud().azure().github().actions();
  }

  private Repository repositoryOf() {
    return actions().directory().repository(repository).orElseThrow();
  }

  /** Runs a command of gh on the local GitHub. */
  void gh(String command) throws IOException, InterruptedException {
    assertTrue(command.startsWith("gh "), command);
    assumeTrue(
        Files.exists(Path.of("/usr/bin/gh")), "there is no /usr/bin/gh: install Debian's gh");
    List<String> line =
        Program.mlops("local", "exec", "--state", folder.resolve("azure").toString(), "--");
    line.addAll(List.of(command.split(" ")));
    Path said = folder.resolve("gh.txt");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().putAll(Map.of("GH_CONFIG_DIR", folder + "", "TMPDIR", folder + ""));
    Process process = builder.start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), command);
    assertEquals(0, process.exitValue(), Files.readString(said));
  }
}
