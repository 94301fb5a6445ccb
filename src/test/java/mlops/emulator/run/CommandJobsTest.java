package mlops.emulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlops.Waiting;
import mlops.emulator.run.record.JobId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Single commands: how they end, what they may do, and what they leave alone. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandJobsTest {
  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static String job(String command) {
    return JobText.command(command, "experimentName: exp");
  }

  private static String code(ObjectNode run) {
    return run.at("/error/error/code").asText();
  }

  private static String message(ObjectNode run) {
    return run.at("/error/error/message").asText();
  }

  @Test
  void a_crash_fails_with_the_exit_code_and_the_tail_of_the_log() {
    ObjectNode run = rig.run("crash", job("python -c 'raise ValueError(\"too bad\")'"));
    assertEquals("Failed", run.path("status").asText());
    assertEquals("UserError", code(run));
    assertTrue(message(run).contains("process 'python' exited with status code 1"), message(run));
    assertTrue(message(run).contains("ValueError: too bad"), message(run));
    assertTrue(rig.log(run).contains("Traceback"), rig.log(run));
  }

  @Test
  void services_are_told_not_to_be_there() {
    ObjectNode run =
        rig.run("looked-into", job("true") + "services: {code: {jobServiceType: VSCode}}\n");
    assertEquals("Completed", run.path("status").asText());
    assertTrue(rig.log(run).contains("services.code is not there"), rig.log(run));
  }

  @Test
  void a_job_over_its_time_is_ended_with_all_its_processes() {
    Sleep sleep = Sleep.of(61);
    ObjectNode run = rig.run("late", job(sleep + " & " + sleep) + "limits: {timeout: PT1S}\n");
    assertEquals("Failed", run.path("status").asText());
    assertTrue(message(run).contains("longer than its limit of 1 s"), message(run));
    Waiting.until(() -> !sleep.isRunning());
  }

  @Test
  void a_declared_output_that_nobody_writes_fails_only_who_reads_it() {
    for (String type :
        List.of("uri_folder", "uri_file", "mltable", "custom_model", "mlflow_model")) {
      ObjectNode run =
          rig.run(
              "none-" + type, job("true") + "outputs: {o: {jobOutputType: %s}}\n".formatted(type));
      assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
      assertTrue(
          rig.log(run).contains("Nothing was written into output 'o' (" + type), rig.log(run));
      ObjectNode reader =
          rig.run(
              "reads-" + type,
              job("ls ${{inputs.i}}")
                  + "inputs: {i: {jobInputType: %s, uri: 'azureml://jobs/none-%s/outputs/o'}}\n"
                      .formatted(type, type));
      assertEquals("Failed", reader.path("status").asText(), reader::toPrettyString);
      assertEquals(
          "ScriptExecution.StreamAccess.NotFound", reader.at("/error/error/code").asText());
      assertTrue(message(reader).startsWith("Input 'i' was not found"), message(reader));
    }
  }

  @Test
  void a_cancelled_job_leaves_no_process_behind() {
    Sleep sleep = Sleep.of(62);
    Sleep apart = Sleep.of(63);
    rig.submit("cancelled", job("(%s &)\nsetsid %s &\n%s".formatted(sleep, apart, sleep)));
    Waiting.until(() -> sleep.isRunning() && apart.isRunning());
    rig.cancel("cancelled");
    assertEquals("Canceled", rig.await("cancelled").path("status").asText());
    Waiting.until(() -> !sleep.isRunning() && !apart.isRunning());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_process_that_left_its_parent_and_its_group_does_not_survive_its_job() {
    String daemon = "(setsid sh -c '(setsid %s &)' &)";
    Sleep sleep = Sleep.of(63);
    Sleep beside = Sleep.of(62);
    rig.submit("daemon", job(daemon.formatted(sleep) + "\n" + beside));
    Waiting.until(() -> sleep.isRunning() && beside.isRunning());
    rig.cancel("daemon");
    assertEquals("Canceled", rig.await("daemon").path("status").asText());
    assertFalse(sleep.isRunning());
    ObjectNode ended = rig.run("left", job(daemon.formatted(sleep)));
    assertEquals("Completed", ended.path("status").asText(), ended::toPrettyString);
    assertFalse(sleep.isRunning());
  }

  @Test
  void a_pipeline_names_the_child_that_failed_and_starts_no_other() {
    ObjectNode run =
        rig.run(
            "failing",
            """
            jobType: Pipeline
            settings: {default_compute: cpu}
            jobs:
              bad: {command: "exit 3", outputs: {o: {type: uri_folder}}}
              next:
                command: cat ${{inputs.i}}/x
                inputs: {i: {job_input_type: literal, value: "${{parent.jobs.bad.outputs.o}}"}}
            """);
    assertEquals("Failed", run.path("status").asText());
    assertTrue(message(run).contains("Failed nodes: /bad"), message(run));
    assertTrue(message(run).contains("status code 3"), message(run));
    assertEquals(1, rig.children("failing").size());
  }

  @Test
  void other_branches_go_on_when_the_pipeline_says_so() {
    ObjectNode run =
        rig.run(
            "going-on",
            """
            jobType: Pipeline
            settings: {default_compute: cpu, continue_on_step_failure: true}
            jobs:
              bad: {command: "exit 3"}
              a: {command: "echo a > ${{outputs.o}}/a", outputs: {o: {type: uri_folder}}}
              b:
                command: cat ${{inputs.i}}/a
                inputs: {i: {job_input_type: literal, value: "${{parent.jobs.a.outputs.o}}"}}
            """);
    assertEquals("Failed", run.path("status").asText());
    assertEquals("Completed", rig.child("going-on", "b").path("status").asText());
  }

  @Test
  void storage_without_a_key_asks_for_the_role_of_the_compute() {
    rig.blob(Rig.OTHER, "data", "in/x.txt", "secret");
    String job =
        job("cat ${{inputs.x}}; cp ${{inputs.x}} ${{outputs.y}}/copy")
            + """
            inputs: {x: {jobInputType: uri_file, uri: azureml://datastores/roles/paths/in/x.txt}}
            outputs: {y: {jobOutputType: uri_folder, uri: azureml://datastores/roles/paths/out/}}
            """;
    ObjectNode denied = rig.run("denied", job);
    assertEquals("ScriptExecution.StreamAccess.Authentication", code(denied));
    assertTrue(message(denied).contains(Rig.IDENTITY), message(denied));
    assertTrue(message(denied).contains("containers/blobs/read"), message(denied));
    assertTrue(message(denied).contains("blobServices/default/containers/data"), message(denied));
    rig.grant(Rig.READER);
    ObjectNode readOnly = rig.run("readonly", job);
    assertTrue(message(readOnly).contains("containers/blobs/write"), message(readOnly));
    rig.grant(Rig.OWNER);
    assertEquals("Completed", rig.run("allowed", job).path("status").asText());
    assertEquals("secret", rig.text(Rig.OTHER, "data", "out/copy"));
  }

  @Test
  void an_optional_input_without_a_value_goes_with_its_option() {
    String pipeline =
        """
        jobType: Pipeline
        settings: {default_compute: cpu}
        jobs:
          only:
            component:
              command: "echo start $[[--rate ${{inputs.rate}}]] --seed ${{inputs.seed}}"
              inputs: {rate: {type: number, optional: true}, seed: {type: integer, default: 7}}
            inputs: {}
        """;
    rig.run("without", pipeline);
    assertEquals("start --seed 7\n", rig.log(rig.child("without", "only")));
    rig.run(
        "with",
        pipeline.replace("inputs: {}", "inputs: {rate: {job_input_type: literal, value: 0.5}}"));
    assertEquals("start --rate 0.5 --seed 7\n", rig.log(rig.child("with", "only")));
  }

  @Test
  void a_script_can_damage_neither_its_inputs_nor_its_code() {
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/x.txt", "whole");
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "code/main.sh", "echo broken > main.sh; echo ran");
    String uri = "https://" + Rig.ACCOUNT + ".blob.core.windows.net/" + Rig.BLOBSTORE;
    ObjectNode run =
        rig.run(
            "vandal",
            job("echo broken > ${{inputs.x}}/x.txt; bash main.sh")
                + "codeId: %s/code\n".formatted(uri)
                + "inputs: {x: {jobInputType: uri_folder, uri: '%s/in'}}\n".formatted(uri));
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals("whole", rig.text("in/x.txt"));
    assertEquals("echo broken > main.sh; echo ran", rig.text("code/main.sh"));
    assertTrue(rig.log(run).contains("ran"), rig.log(run));
  }

  @Test
  void a_key_that_does_not_open_the_account_fails_the_job_by_name() {
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/x.txt", "whole");
    rig.keyed("wrongkey", "d3Jvbmc=");
    String uri = "azureml://datastores/wrongkey/paths/in/x.txt";
    ObjectNode run =
        rig.run(
            "denied",
            job("cat ${{inputs.x}}")
                + "inputs: {x: {jobInputType: uri_file, uri: '%s'}}\n".formatted(uri));
    assertEquals("Failed", run.path("status").asText());
    assertEquals("ScriptExecution.StreamAccess.Authentication", code(run));
    assertTrue(message(run).contains("datastore 'wrongkey': AuthenticationFailed"), message(run));
  }

  @Test
  void an_input_that_is_downloaded_is_the_jobs_own_and_a_direct_one_is_a_uri() {
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/x.txt", "whole");
    String uri = "azureml://datastores/workspaceblobstore/paths/in/x.txt";
    String mine = job("echo mine > ${{inputs.x}} && cat ${{inputs.x}} && echo ${{inputs.y}}");
    String inputs =
        "inputs: {x: {jobInputType: uri_file, uri: '%s', mode: %s}, y: {jobInputType: uri_file, uri: '%s', mode: Direct}}\n";
    ObjectNode run = rig.run("own", mine + inputs.formatted(uri, "Download", uri));
    String whole =
        "azureml://subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/rg/workspaces/ws/datastores/workspaceblobstore/paths/in/x.txt";
    assertEquals("mine\n" + whole + "\n", rig.log(run));
    assertEquals("whole", rig.text("in/x.txt"));
    ObjectNode mounted = rig.run("mounted", mine + inputs.formatted(uri, "ReadOnlyMount", uri));
    assertEquals("Failed", mounted.path("status").asText());
  }

  @Test
  void a_job_walks_through_the_statuses_of_azure() {
    rig.submit("walk", job("sleep 0.3"));
    List<String> seen = new ArrayList<>();
    Waiting.until(
        () -> {
          String status = rig.root("walk").path("status").asText();
          if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(status)) {
            seen.add(status);
          }
          return status.equals("Completed");
        });
    List<String> all =
        new ArrayList<>(
            List.of(
                "NotStarted",
                "Starting",
                "Preparing",
                "Queued",
                "Running",
                "Finalizing",
                "Completed"));
    all.retainAll(seen); // some are over before they are seen
    assertEquals(all, seen);
    assertTrue(seen.contains("Running"), seen::toString);
  }

  @Test
  void the_environment_of_a_job_is_clean_and_azures() {
    ObjectNode run = rig.run("variables", job("env") + "environmentVariables: {MINE: yes it is}\n");
    String log = rig.log(run);
    assertTrue(log.contains("AZUREML_RUN_ID=variables\n"), log);
    assertTrue(log.contains("AZUREML_ARM_WORKSPACE_NAME=ws\n"), log);
    assertTrue(log.contains("MINE=yes it is\n"), log);
    assertFalse(log.contains("HOME=" + System.getProperty("user.home") + "\n"), log);
    assertFalse(log.contains("MAVEN"), log);
  }

  @Test
  void what_a_script_leaves_in_outputs_and_logs_is_kept_with_its_run() {
    ObjectNode run =
        rig.run(
            "artifacts",
            job("mkdir outputs/deep; echo kept > outputs/deep/a.txt; echo log > logs/mine.log"));
    assertEquals("kept\n", rig.artifact(run, "outputs/deep/a.txt"));
    assertEquals("log\n", rig.artifact(run, "logs/mine.log"));
    ObjectNode failed = rig.run("fails", job("echo why > outputs/why.txt; exit 3"));
    assertEquals("Failed", failed.path("status").asText());
    assertEquals("why\n", rig.artifact(failed, "outputs/why.txt"));
  }

  @Test
  void artifacts_of_a_run_are_read_by_each_address_that_azure_has_for_them() {
    rig.run("left", job("mkdir outputs/model; echo weights > outputs/model/m.pkl"));
    for (String uri :
        List.of(
            "azureml://jobs/left/outputs/artifacts/paths/outputs/model/",
            "azureml://jobs/left/outputs/default/paths/outputs/model",
            "azureml://datastores/workspaceartifactstore/paths/ExperimentRun/dcid.left/outputs/model/",
            "azureml://datastores/workspaceartifactstore/ExperimentRun/dcid.left/outputs/model",
            "azureml://runs/left/outputs/model",
            "runs:/left/outputs/model")) {
      ObjectNode run =
          rig.run(
              "reads-" + Integer.toHexString(uri.hashCode()),
              job("cat ${{inputs.m}}/m.pkl")
                  + "inputs: {m: {jobInputType: uri_folder, uri: '%s'}}\n".formatted(uri));
      assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
      assertTrue(rig.log(run).endsWith("weights\n"), rig.log(run));
    }
  }

  @Test
  void a_large_input_is_linked_and_not_copied() throws Exception {
    Path big = folder.resolve("big");
    try (var file = new java.io.RandomAccessFile(big.toFile(), "rw")) {
      file.setLength(200L << 20);
    }
    rig.blobs.put(
        Rig.ACCOUNT, Rig.BLOBSTORE, "big/data.bin", big, true, "application/octet-stream");
    ObjectNode run =
        rig.run(
            "big",
            job("stat -c '%h %s' ${{inputs.x}}")
                + "inputs: {x: {jobInputType: uri_file, uri: azureml://datastores/workspaceblobstore/paths/big/data.bin}}\n");
    assertEquals("2 209715200\n", rig.log(run));
    Path left = rig.services.folder(new JobId(Rig.WORKSPACE + "/jobs/big"));
    Waiting.until(() -> !Files.exists(left));
  }
}
