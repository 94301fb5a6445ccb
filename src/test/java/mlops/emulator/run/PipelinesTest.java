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

/** Pipelines really run: each child a process, data handed from one to the next. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PipelinesTest {
  private static final String TWO_STEPS =
      """
      jobType: Pipeline
      experimentName: exp
      inputs:
        data: {jobInputType: uri_folder, uri: azureml://datastores/workspaceblobstore/paths/in/}
        word: {jobInputType: literal, value: hello}
      outputs:
        final: {jobOutputType: uri_folder}
      settings: {default_compute: cpu}
      jobs:
        first:
          component:
            type: command
            command: >-
              cat ${{inputs.raw}}/*.txt > ${{outputs.out}}/all.txt;
              echo ${{inputs.word}} >> ${{outputs.out}}/all.txt
            inputs: {raw: {type: uri_folder}, word: {type: string}}
            outputs: {out: {type: uri_folder}}
          inputs:
            raw: {job_input_type: literal, value: "${{parent.inputs.data}}"}
            word: {job_input_type: literal, value: "${{parent.inputs.word}}"}
        second:
          component:
            type: command
            command: >-
              python -c "import sys; print(open(sys.argv[1]).read().upper())" ${{inputs.in}}/all.txt
              > ${{outputs.out}}/upper.txt && echo done
            inputs: {in: {type: uri_folder}}
            outputs: {out: {type: uri_folder}}
          inputs:
            in: {job_input_type: literal, value: "${{parent.jobs.first.outputs.out}}"}
          outputs:
            out: {type: literal, value: "${{parent.outputs.final}}"}
      """;

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(folder.resolve("with spaces ünd more"));
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/a b.txt", "äpfel\n");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void a_pipeline_of_two_steps_hands_its_data_on() {
    ObjectNode run = rig.run("two", TWO_STEPS);
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals("ÄPFEL\nHELLO\n\n", rig.output(run, "final", "upper.txt"));
    ObjectNode second = rig.child("two", "second");
    assertEquals("done\n", rig.log(second));
    String uri = second.path("outputs").path("out").path("uri").asText();
    String runId = second.path("runId").asText();
    assertEquals("azureml://datastores/workspaceblobstore/paths/azureml/" + runId + "/out/", uri);
  }

  @Test
  void an_output_called_artifacts_is_what_the_run_keeps_itself() {
    ObjectNode run =
        rig.run(
            "kept",
            """
            jobType: Pipeline
            settings: {default_compute: cpu}
            jobs:
              first:
                component:
                  type: command
                  command: mkdir -p outputs; echo kept > outputs/a.txt
                  outputs: {artifacts: {type: uri_folder}}
              second:
                command: cat ${{inputs.in}}/outputs/a.txt
                inputs:
                  in:
                    job_input_type: literal
                    value: "${{parent.jobs.first.outputs.artifacts}}"
            """);
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
  }

  @Test
  void what_was_done_before_is_reused_and_says_so() {
    rig.run("one", TWO_STEPS);
    ObjectNode again = rig.run("again", TWO_STEPS);
    assertEquals("Completed", again.path("status").asText(), again::toPrettyString);
    ObjectNode second = rig.child("again", "second");
    assertEquals("true", second.at("/properties/azureml.isreused").asText());
    assertEquals(
        rig.child("one", "second").path("runId").asText(),
        second.at("/properties/azureml.reusedrunid").asText());
    assertTrue(rig.log(second).startsWith("Reused the results of run"), rig.log(second));
    assertEquals("ÄPFEL\nHELLO\n\n", rig.output(again, "final", "upper.txt"));
  }

  @Test
  void changed_input_and_force_rerun_are_run_again() {
    rig.run("one", TWO_STEPS);
    rig.run(
        "forced",
        TWO_STEPS.replace("{default_compute: cpu}", "{default_compute: cpu, force_rerun: true}"));
    assertFalse(rig.child("forced", "first").path("properties").has("azureml.isreused"));
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/more.txt", "birnen\n");
    rig.run("changed", TWO_STEPS);
    assertFalse(rig.child("changed", "second").path("properties").has("azureml.isreused"));
  }

  @Test
  void a_diamond_runs_its_middle_at_the_same_time_and_its_end_last() {
    ObjectNode run =
        rig.run(
            "diamond",
            """
            jobType: Pipeline
            settings: {default_compute: cpu}
            outputs: {all: {jobOutputType: uri_file}}
            jobs:
              top: {command: "echo top > ${{outputs.o}}", outputs: {o: {type: uri_file}}}
              left:
                command: "(cat ${{inputs.i}}; echo left) > ${{outputs.o}}"
                inputs: {i: {job_input_type: literal, value: "${{parent.jobs.top.outputs.o}}"}}
                outputs: {o: {type: uri_file}}
              right:
                command: "(cat ${{inputs.i}}; echo right) > ${{outputs.o}}"
                inputs: {i: {job_input_type: literal, value: "${{parent.jobs.top.outputs.o}}"}}
                outputs: {o: {type: uri_file}}
              bottom:
                component:
                  type: command
                  command: cat ${{inputs.l}} ${{inputs.r}} > ${{outputs.o}}
                  inputs: {l: {type: uri_file}, r: {type: uri_file}}
                  outputs: {o: {type: uri_file}}
                inputs:
                  l: {job_input_type: literal, value: "${{parent.jobs.left.outputs.o}}"}
                  r: {job_input_type: literal, value: "${{parent.jobs.right.outputs.o}}"}
                outputs: {o: {type: literal, value: "${{parent.outputs.all}}"}}
            """);
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals("top\nleft\ntop\nright\n", rig.output(run, "all", ""));
  }

  @Test
  void fifty_children_all_run() {
    StringBuilder jobs = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      jobs.append("  job%d: {command: \"echo %d\"}\n".formatted(i, i));
    }
    ObjectNode run =
        rig.run("fifty", "jobType: Pipeline\nsettings: {default_compute: cpu}\njobs:\n" + jobs);
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals(50, rig.children("fifty").size());
    assertEquals("49\n", rig.log(rig.child("fifty", "job49")));
  }

  @Test
  void a_cluster_of_one_node_runs_one_child_after_the_other() {
    rig.compute("single", 1);
    Path busy = folder.resolve("busy");
    StringBuilder jobs = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      jobs.append(
          "  job%d: {command: \"mkdir '%s' && sleep 0.2 && rmdir '%s'\"}\n"
              .formatted(i, busy, busy));
    }
    ObjectNode run =
        rig.run("single", "jobType: Pipeline\nsettings: {default_compute: single}\njobs:\n" + jobs);
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
  }

  @Test
  void a_nested_pipeline_component_runs_as_a_child_with_children() {
    ObjectNode run =
        rig.run(
            "nested",
            """
            jobType: Pipeline
            settings: {default_compute: cpu}
            outputs: {all: {jobOutputType: uri_folder}}
            jobs:
              inner:
                component:
                  type: pipeline
                  inputs: {word: {type: string, default: none}}
                  outputs: {o: {type: uri_folder}}
                  jobs:
                    leaf:
                      command: echo ${{inputs.w}} > ${{outputs.o}}/word
                      inputs: {w: {job_input_type: literal, value: "<${{parent.inputs.word}}>"}}
                      outputs: {o: {type: literal, value: "${{parent.outputs.o}}"}}
                inputs: {word: {job_input_type: literal, value: deep}}
                outputs: {o: {type: literal, value: "${{parent.outputs.all}}"}}
            """
                .replace("echo ${{inputs.w}}", "echo '${{inputs.w}}'"));
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals("<deep>\n", rig.output(run, "all", "word"));
    assertEquals(
        rig.child("nested", "inner").path("runId"),
        rig.child("nested", "leaf").path("parentRunId"));
  }

  @Test
  void a_file_that_is_given_for_a_folder_is_found_by_its_own_path() {
    ObjectNode run =
        rig.run(
            "file",
            """
            jobType: Pipeline
            settings: {default_compute: cpu}
            jobs:
              read:
                component:
                  command: cat "${{inputs.i}}"
                  inputs: {i: {type: uri_folder}}
                inputs:
                  i: {job_input_type: uri_file, uri: "azureml://datastores/workspaceblobstore/paths/in/a b.txt"}
            """);
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals("äpfel\n", rig.log(rig.child("file", "read")));
  }

  @Test
  void a_named_output_is_registered_as_the_next_version_of_a_model() {
    String pipeline =
        """
        jobType: Pipeline
        settings: {default_compute: cpu}
        outputs: {model: {jobOutputType: custom_model, assetName: taxi}}
        jobs:
          make:
            component:
              command: "echo 1 > ${{outputs.m}}/weights"
              outputs: {m: {type: custom_model}}
            outputs: {m: {type: literal, value: "${{parent.outputs.model}}"}}
        """;
    ObjectNode run = rig.run("register", pipeline);
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    ObjectNode model = rig.state.read(Rig.WORKSPACE + "/models/taxi/versions/1").orElseThrow();
    assertEquals(
        run.at("/outputs/model/uri").asText(),
        model
            .at("/properties/modelUri")
            .asText()
            .replaceFirst(".*/datastores", "azureml://datastores"));
    rig.run("register2", pipeline);
    assertFalse(rig.state.exists(Rig.WORKSPACE + "/models/taxi/versions/2"), "reused, so not new");
    rig.run("register3", pipeline.replace("echo 1", "echo 2"));
    assertTrue(rig.state.exists(Rig.WORKSPACE + "/models/taxi/versions/2"));
  }
}
