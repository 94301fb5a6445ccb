package mlops.emulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(folder.resolve("with spaces ünd more"));
  }

  @AfterEach
  void close() {
    rig.close();
  }

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

  @Test
  void a_pipeline_of_two_steps_hands_its_data_on() {
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/a b.txt", "äpfel\n");
    ObjectNode run = rig.run("two", TWO_STEPS);
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals("ÄPFEL\nHELLO\n\n", rig.output(run, "final", "upper.txt"));
    ObjectNode second = rig.child("two", "second");
    assertEquals("done\n", rig.log(second));
    assertEquals("Completed", second.path("status").asText());
    assertTrue(
        second
            .path("outputs")
            .path("out")
            .path("uri")
            .asText()
            .contains(second.path("runId").asText()));
  }
}
