package mlops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.state.StateTree;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that fail for reasons of their own: {@code train} tells which, in one paragraph. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainFailuresTest {
  private static final String REST =
      """
      environment: azureml:taxi-train-env-demo-mlops@latest
      compute: azureml:mlopsdemo-cluster-dev
      """;
  private static final String BATCH =
      "https://stgaccmlops2demodemo.blob.core.windows.net/mlopsdemotest/taxibatch/taxi-batch.csv";

  /** Each process from the job up, when mlops has ended, with its arguments and variables. */
  private static final String SPY =
      """
      type: command
      command: |
        parent() { sed -n 's/^PPid:[[:space:]]*//p' /proc/$1/status; }
        while tr '\\0' ' ' < /proc/$(parent $PPID)/cmdline | grep -q 'mlops[.]Main'; do
          sleep 0.1
        done
        env
        pid=$$
        if grep -q "$PWD" /proc/1/environ 2>/dev/null; then
          echo "1 is the first process"
          tr '\\0' '\\n' < /proc/1/environ
        fi
        while [ $pid -gt 1 ]; do
          tr '\\0' '\\n' < /proc/$pid/cmdline
          tr '\\0' '\\n' < /proc/$pid/environ
          pid=$(parent $pid)
        done
        echo that was all
      """;

  private static final Pattern ACCOUNT_KEY = Pattern.compile("[A-Za-z0-9+/]{86}==");

  private Site site;

  @BeforeAll
  void bootstrap(@TempDir Path folder) {
    site = Site.tiny(folder);
    assertEquals(0, site.run("bootstrap"), site::said);
  }

  private String fails(String name, String yaml) {
    site.write(name, yaml);
    assertEquals(1, site.run("train", "--file", site.path(name).toString()), site::said);
    return site.mlops().err();
  }

  @Test
  void the_time_is_over() {
    String said =
        fails(
            "late.yml",
            "type: command\ncommand: echo begun; sleep 50\nlimits: {timeout: 1}\n" + REST);
    assertTrue(said.contains("longer than its limit of 1 s and was ended (limits.timeout)"), said);
    assertTrue(said.contains("  | begun"), said);
  }

  @Test
  void what_it_printed_is_shown_without_what_would_play_with_the_terminal() {
    String print = "printf '\\033[31mred\\033]0;title\\007\\rlast\\n%09000d\\n' 7; exit 4";
    String said = fails("noise.yml", "type: command\ncommand: " + print + "\n" + REST);
    assertTrue(said.contains("    | last\n"), said);
    assertTrue(said.contains("    | " + "0".repeat(2000) + " …\n"), said);
    assertTrue(said.codePoints().noneMatch(c -> c < ' ' && c != '\n'), said);
    assertTrue(said.length() < 9000, said);
  }

  @Test
  void what_the_job_names_is_not_there_and_the_way_out_is_to_name_another() {
    String job = "type: command\ncommand: echo\n" + REST;
    String said = fails("compute.yml", job.replace("cluster-dev", "cluster-dve"));
    assertTrue(said.contains("mlopsdemo-cluster-dve not found in workspace"), said);
    assertTrue(said.contains("→ Correct what the message names"), said);
    said = fails("environment.yml", job.replace("taxi-train", "taxi-trian"));
    assertTrue(said.contains("has no environment called taxi-trian-env-demo-mlops"), said);
    assertTrue(said.contains("→ Check the name."), said);
  }

  @Test
  void an_output_that_nobody_wrote_fails_only_the_job_that_reads_it() {
    String environment = REST.replaceAll("(?m)^", "    ");
    String said =
        fails(
            "missing.yml",
            "type: pipeline\njobs:\n"
                + "  make:\n    type: command\n    command: echo no file\n"
                + "    outputs: {report: {type: uri_file}}\n"
                + environment.stripTrailing()
                + "\n  read:\n    type: command\n    command: cat ${{inputs.report}}\n"
                + "    inputs: {report: '${{parent.jobs.make.outputs.report}}'}\n"
                + environment.stripTrailing()
                + "\n");
    assertTrue(said.contains(" in read: Input 'report' was not found: there is nothing at"), said);
  }

  @Test
  void pip_cannot_build_the_environment_and_is_quoted() {
    String said =
        fails(
            "pip.yml",
            """
            type: command
            command: python -c 'import nothing'
            compute: azureml:mlopsdemo-cluster-dev
            environment:
              image: mcr.microsoft.com/azureml/base
              conda_file: {dependencies: [{pip: [--no-index, no-such-package-at-all]}]}
            """);
    assertTrue(said.contains("Image build failed"), said);
    assertTrue(said.contains("says: "), said);
    assertTrue(said.contains("no-such-package-at-all"), said);
  }

  @Test
  void the_identity_of_the_compute_has_lost_its_role() {
    String yaml =
        "type: command\ncommand: wc -l < ${{inputs.rows}}\ninputs: {rows: {type: uri_file, path: '%s'}}\n"
                .formatted(BATCH)
            + REST;
    site.write("role.yml", yaml);
    String file = site.path("role.yml").toString();
    assertEquals(0, site.run("train", "--file", file), site::said);
    StateTree state = EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults()).state();
    state.walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
        .map(r -> r.path("id").asText())
        .filter(id -> id.matches("(?i).*/storageAccounts/stgacc.*/roleAssignments/[^/]+"))
        .forEach(state::delete);
    String said = fails("role.yml", yaml.replace("wc -l", "wc -c"));
    String principal = "'[0-9a-f-]{36}'";
    assertTrue(Pattern.compile(principal).matcher(said).find(), said);
    assertTrue(said.contains("blobServices/containers/blobs/read"), said);
    assertTrue(said.contains("/storageAccounts/stgaccmlops2demodemo/"), said);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void no_secret_of_the_user_or_of_azure_is_in_the_environment_of_a_job_or_of_its_host()
      throws IOException, InterruptedException {
    site.write("spy.yml", SPY + REST);
    String file = site.path("spy.yml").toString();
    Map<String, String> secrets =
        Map.of(
            "AZURE_CLIENT_SECRET", "sEcReT1", "GITHUB_TOKEN", "sEcReT2", "MY_PASSWORD", "sEcReT3");
    Process mlops = MlopsProcess.start(site, secrets, "train", "--no-wait", "--file", file);
    String errors = new String(mlops.getErrorStream().readAllBytes(), UTF_8);
    assertEquals(0, mlops.waitFor(), errors);
    String logs = site.path("logs").toString();
    assertEquals(0, site.run("train", "--file", file, "--logs", logs, "-o", "json"), site::said);
    assertEquals("unchanged", site.outcome("submit").orElseThrow());
    String log = site.read("logs/" + site.mlops().json().at("/result/job").asText() + ".txt");
    boolean alone = log.contains("\n1 is the first process\n"); // a namespace hides the host
    assertTrue(alone || log.contains("mlops.JobHostProcess"), log);
    assertTrue(log.contains("MLOPS_PROCESS="), log);
    assertTrue(log.endsWith("that was all\n"), log);
    assertFalse(log.contains("sEcReT"), log);
    assertFalse(ACCOUNT_KEY.matcher(log).find(), log);
    // the token of the job, under two names, opens its own run alone
    String others = log.replaceAll("(MLFLOW_TRACKING|AZUREML_RUN)_TOKEN=[\\w.-]+", "");
    assertFalse(others.contains("eyJ") || log.contains("sig="), log);
  }
}
