package mlops.emulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parallel steps really run: a script that is given the files of an input in mini batches. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ParallelStepsTest {
  private static final String SCRIPT =
      """
      import argparse, os, sys

      def init():
          global prefix
          parser = argparse.ArgumentParser()
          parser.add_argument("--prefix")
          prefix = parser.parse_known_args()[0].prefix

      def run(mini_batch):
          print("threads of OpenMP:", os.environ.get("OMP_NUM_THREADS"), file=sys.stderr)
          if any("bad" in os.path.basename(name) for name in mini_batch):
              raise ValueError("a bad file")
          return [f"{prefix} {os.path.basename(name)} {open(name).read().strip()}" for name in mini_batch]
      """;
  private static final String PIPELINE =
      """
      jobType: Pipeline
      settings: {default_compute: cpu}
      outputs: {all: {jobOutputType: uri_file}}
      jobs:
        many:
          type: parallel
          component:
            type: parallel
            inputs: {data: {type: uri_folder}, word: {type: string}}
            outputs: {rows: {type: uri_file}}
            input_data: ${{inputs.data}}
            mini_batch_size: "2"
            task:
              type: run_function
              code: WS/codes/each/versions/1
              entry_script: each.py
              program_arguments: --prefix "${{inputs.word}}"
              append_row_to: ${{outputs.rows}}
          resources: {instance_count: 2}
          max_concurrency_per_instance: 2
          mini_batch_error_threshold: 1
          retry_settings: {max_retries: 1, timeout: 30}
          inputs:
            data: {job_input_type: uri_folder, uri: azureml://datastores/workspaceblobstore/paths/in/}
            word: {job_input_type: literal, value: so it is}
          outputs: {rows: {type: literal, value: "${{parent.outputs.all}}"}}
      """
          .replace("WS", Rig.WORKSPACE);

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(folder);
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "code/each/each.py", SCRIPT);
    rig.state.write(
        Rig.WORKSPACE + "/codes/each/versions/1",
        Rig.tree(
            "properties: {codeUri: 'https://%s.blob.core.windows.net/%s/code/each'}"
                .formatted(Rig.ACCOUNT, Rig.BLOBSTORE)));
    for (int i = 1; i <= 5; i++) {
      rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/%d.txt".formatted(i), "text %d\n".formatted(i));
    }
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void the_rows_of_all_mini_batches_stand_in_one_file_in_their_order() {
    ObjectNode run = rig.run("many", PIPELINE);
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals(
        """
        so it is 1.txt text 1
        so it is 2.txt text 2
        so it is 3.txt text 3
        so it is 4.txt text 4
        so it is 5.txt text 5
        """,
        rig.output(run, "all", ""));
    String log = rig.log(rig.child("many", "many"));
    assertTrue(log.contains("5 files in 3 mini batches, at most 4 workers"), log);
    assertTrue(log.contains("threads of OpenMP: 1"), "workers that share the cores: " + log);
    ObjectNode again = rig.run("again", PIPELINE);
    assertEquals("true", rig.child("again", "many").at("/properties/azureml.isreused").asText());
    assertEquals(rig.output(run, "all", ""), rig.output(again, "all", ""));
    rig.run("smaller", PIPELINE.replace("mini_batch_size: \"2\"", "mini_batch_size: \"1\""));
    assertFalse(rig.child("smaller", "many").path("properties").has("azureml.isreused"));
  }

  @Test
  void a_mini_batch_that_fails_is_tried_again_and_left_out_up_to_the_threshold() {
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/0bad.txt", "no\n");
    ObjectNode run = rig.run("some", PIPELINE);
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertTrue(rig.output(run, "all", "").startsWith("so it is 2.txt"));
    String log = rig.log(rig.child("some", "many"));
    assertTrue(log.contains("Mini batch 0 failed, try 2 of 2"), log);
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/4bad.txt", "no\n");
    ObjectNode failed = rig.run("over", PIPELINE);
    assertEquals("Failed", failed.path("status").asText());
    String why = failed.at("/error/error/message").asText();
    assertTrue(why.contains("mini_batch_error_threshold"), why);
  }

  @Test
  void a_script_that_gives_nothing_back_has_done_its_work_unless_results_are_counted() {
    rig.blob(
        Rig.ACCOUNT,
        Rig.BLOBSTORE,
        "code/each/none.py",
        "def init():\n    pass\n\ndef run(mini_batch):\n    return []\n");
    String nothing = PIPELINE.replace("each.py", "none.py");
    ObjectNode run = rig.run("nothing", nothing);
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals("", rig.output(run, "all", ""));
    String log = rig.log(rig.child("nothing", "many"));
    assertTrue(log.contains("0 files succeeded, 5 failed; 0 results."), log);
    ObjectNode counted =
        rig.run("counted", nothing.replace("mini_batch_error_threshold: 1", "error_threshold: 5"));
    assertEquals("Failed", counted.path("status").asText());
    String why = counted.at("/error/error/message").asText();
    assertTrue(why.contains("There is no succeeded mini batch item"), why);
  }

  @Test
  void an_mltable_of_files_is_evaluated_and_one_of_rows_needs_its_package() {
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/MLTable", "paths: [{pattern: '[12].txt'}]");
    String table = PIPELINE.replace("data: {type: uri_folder}", "data: {type: mltable}");
    ObjectNode files = rig.run("files", table);
    assertEquals(
        "so it is 1.txt text 1\nso it is 2.txt text 2\n", rig.output(files, "all", ""), "those");
    ObjectNode rows =
        rig.run(
            "rows",
            table.replace("job_input_type: uri_folder", "mode: Direct, job_input_type: mltable"));
    assertEquals("Failed", rows.path("status").asText());
    String why = rows.at("/error/error/message").asText();
    assertTrue(why.contains("name both in the environment of the task"), why);
  }

  @Test
  void files_are_told_apart_by_keys_in_their_paths() {
    String script =
        """
        import os

        def init():
            pass

        def run(files, context):
            key = context.partition_key_value
            return [f"{key['store']} {[os.path.basename(name) for name in files]}"]
        """;
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "code/each/keys.py", script);
    for (String file : new String[] {"9/2026-01/a.csv", "10/2026-01/a.csv", "9/2026-02/b.csv"}) {
      rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/" + file, "1\n");
    }
    String format = "{partition_format: '/{store}/{month:yyyy-MM}/*.csv'}";
    rig.blob(
        Rig.ACCOUNT,
        Rig.BLOBSTORE,
        "in/MLTable",
        "paths: [{pattern: './*/*/*.csv'}]\ntransformations: [{extract_columns_from_partition_format: "
            + format
            + "}]");
    String table =
        PIPELINE
            .replace("each.py", "keys.py")
            .replace("data: {type: uri_folder}", "data: {type: mltable}")
            .replace("mini_batch_size: \"2\"", "partition_keys: '[\"store\"]'");
    ObjectNode run = rig.run("keys", table);
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals("10 ['a.csv']\n9 ['a.csv', 'b.csv']\n", rig.output(run, "all", ""));
    ObjectNode other = rig.run("other", table.replace("[\"store\"]", "[\"shop\"]"));
    String why = other.at("/error/error/message").asText();
    assertTrue(why.contains("not partitioned by shop") && why.contains("store, month"), why);
  }

  @Test
  void what_is_not_done_here_is_named() {
    ObjectNode keys =
        rig.run("keys", PIPELINE.replace("mini_batch_size: \"2\"", "partition_keys: '[\"a\"]'"));
    assertEquals("Failed", keys.path("status").asText());
    String why = keys.at("/error/error/message").asText();
    assertTrue(why.contains("with partition_keys over a folder"), why);
    ObjectNode direct =
        rig.run("direct", PIPELINE.replace("{job_input_type: uri_folder", "{mode: Direct"));
    why = direct.at("/error/error/message").asText();
    assertTrue(why.contains("whose files come by mode direct"), why);
  }
}
