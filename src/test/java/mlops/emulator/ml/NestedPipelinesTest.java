package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines in pipelines, and jobs that are a registered component, as clients see them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NestedPipelinesTest {
  private static final String WS = MlCloud.WORKSPACE;
  private static final String HISTORY = MlCloud.API + "/history/v1.0" + WS;
  private static final String COMPONENTS = WS + "/components/";
  private static final String SAY =
      "{'properties':{'componentSpec':{'type':'command','name':'say','version':'1','command':'echo ${{inputs.word}}$[[ ${{inputs.more}}]] > ${{outputs.out}}/said.txt','environment':'azureml:"
          + WS
          + "/environments/plain/versions/1','inputs':{'word':{'type':'string'},'more':{'type':'string','optional':true}},'outputs':{'out':{'type':'uri_folder'}}}}}";
  private static final String INNER =
      """
      {'properties':{'componentSpec':{'type':'pipeline','name':'inner','version':'1',
        'inputs':{'word':{'type':'string','default':'hello'},'on':{'type':'string'},'more':{'type':'string','optional':true}},
        'outputs':{'said':{'type':'uri_folder'}},
        'jobs':{'leaf':{'type':'command','component':'azureml:%ssay/versions/1','compute':'${{parent.inputs.on}}',
          'inputs':{'word':'${{parent.inputs.word}}','more':'${{parent.inputs.more}}'},
          'outputs':{'out':'${{parent.outputs.said}}'}}}}}}"""
          .formatted(COMPONENTS);

  @TempDir Path folder;
  private MlCloud ml;

  @BeforeEach
  void open() {
    ml = MlCloud.in(folder);
    ml.put(WS + "/environments/plain/versions/1", "{'properties':{'image':'ubuntu'}}");
    ml.put(
        WS + "/computes/small",
        "{'location':'eastus2','properties':{'computeType':'AmlCompute','properties':{'vmSize':'STANDARD_DS3_V2','scaleSettings':{'minNodeCount':0,'maxNodeCount':1}}}}");
    assertEquals(201, ml.put(COMPONENTS + "say/versions/1", SAY).status());
    assertEquals(201, ml.put(COMPONENTS + "inner/versions/1", INNER).status());
  }

  private JsonNode run(String name, String properties) {
    Answer made = ml.put(WS + "/jobs/" + name, "{'properties':" + properties + "}");
    assertEquals(201, made.status(), () -> made.json().toString());
    JsonNode job = ml.await(WS + "/jobs/" + name).path("properties");
    assertEquals("Completed", job.path("status").asText(), () -> error(name));
    return job;
  }

  private String error(String run) {
    return ml.get(HISTORY + "/runs/" + run + "/details").json().path("error").toString();
  }

  private JsonNode onlyChild(String run) {
    JsonNode children = ml.get(HISTORY + "/runs/" + run + "/children").json().path("value");
    assertEquals(1, children.size());
    String id = children.at("/0/runId").asText();
    return ml.get(WS + "/jobs/" + id).json();
  }

  private String said(JsonNode job, String output) {
    return ml.text(job.path("outputs").path(output).path("uri").asText(), "said.txt");
  }

  @Test
  void the_children_of_a_child_are_its_own_and_both_show_what_they_run() {
    JsonNode job =
        run(
            "outer",
            """
            {'jobType':'Pipeline','inputs':{'where':{'jobInputType':'literal','value':'small'}},
              'outputs':{'final':{'jobOutputType':'uri_folder'}},
              'jobs':{'middle':{'type':'pipeline','componentId':'%sinner/versions/1',
                'inputs':{'on':{'job_input_type':'literal','value':'${{parent.inputs.where}}'}},
                'outputs':{'said':{'type':'literal','value':'${{parent.outputs.final}}'}}}}}"""
                .formatted(COMPONENTS));
    assertEquals("hello\n", said(job, "final"));
    JsonNode middle = onlyChild("outer");
    assertEquals("Pipeline", middle.at("/properties/jobType").asText());
    assertEquals(COMPONENTS + "inner/versions/1", middle.at("/properties/componentId").asText());
    assertEquals("hello\n", said(middle.path("properties"), "said"));
    JsonNode leaf = onlyChild(middle.path("name").asText()).path("properties");
    assertEquals("Command", leaf.path("jobType").asText());
    assertEquals("leaf", leaf.path("displayName").asText());
    assertEquals(WS + "/environments/plain/versions/1", leaf.path("environmentId").asText());
    assertEquals(WS + "/computes/small", leaf.path("computeId").asText());
    assertEquals("hello", leaf.at("/inputs/word/value").asText());
    ml.assertAsDocumented();
  }

  @Test
  void a_pipeline_that_is_a_component_runs_with_the_inputs_of_the_job() {
    JsonNode job =
        run(
            "whole",
            """
            {'jobType':'Pipeline','componentId':'%sinner/versions/1','outputs':{'said':{'jobOutputType':'uri_folder'}},
              'inputs':{'on':{'jobInputType':'literal','value':'small'},'word':{'jobInputType':'literal','value':'bye'},
                'more':{'jobInputType':'literal','value':'now'}}}"""
                .formatted(COMPONENTS));
    assertEquals("bye now\n", said(job, "said"));
  }

  @Test
  void a_command_job_that_is_a_component_runs_it() {
    JsonNode job =
        run(
            "single",
            "{'jobType':'Command','componentId':'%ssay/versions/1','inputs':{'word':{'jobInputType':'literal','value':'yes'}}}"
                .formatted(COMPONENTS));
    assertEquals("yes\n", said(job, "out"));
    Answer wrong =
        ml.put(
            WS + "/jobs/wrong",
            "{'properties':{'jobType':'Pipeline','componentId':'%ssay/versions/1'}}"
                .formatted(COMPONENTS));
    assertEquals(400, wrong.status(), "it is no pipeline");
  }
}
