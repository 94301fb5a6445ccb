package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batch deployments of pipeline components: an invocation runs the pipeline. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BatchPipelinesTest {
  private static final String WS = MlCloud.WORKSPACE;
  private static final String ENDPOINT = WS + "/batchEndpoints/pipes";
  private static final String DEPLOYMENT = ENDPOINT + "/deployments/blue";
  private static final String COMPONENT = WS + "/components/pipe/versions/1";
  private static final String PIPELINE =
      """
      {'properties':{'componentSpec':{'type':'pipeline','name':'pipe','version':'1',
        'inputs':{'word':{'type':'string'},'data':{'type':'uri_folder'}},'outputs':{'said':{'type':'uri_folder'}},
        'jobs':{'say':{'type':'command','command':'cat ${{inputs.data}}/* > ${{outputs.out}}/said.txt; echo ${{inputs.word}} >> ${{outputs.out}}/said.txt',
          'inputs':{'word':'${{parent.inputs.word}}','data':{'job_input_type':'literal','value':'${{parent.inputs.data}}'}},
          'outputs':{'out':'${{parent.outputs.said}}'}}}}}}""";
  private static final String BODY =
      "{'location':'eastus2','properties':{'deploymentConfiguration':{'deploymentConfigurationType':'PipelineComponent','componentId':{'referenceType':'Id','assetId':'%s'},'settings':{'force_rerun':'true'}},'miniBatchSize':10}}";
  private static final String INVOCATION =
      "{'properties':{'inputData':{'word':{'jobInputType':'Literal','value':'hello'},'data':{'jobInputType':'UriFolder','uri':'azureml://datastores/workspaceblobstore/paths/in/'}},'outputData':{'said':{'jobOutputType':'UriFolder','uri':'azureml://datastores/workspaceblobstore/paths/out/'}}}}";

  @TempDir Path folder;

  @Test
  void an_invocation_runs_the_pipeline_with_its_inputs_and_writes_where_it_says() {
    MlCloud ml = MlCloud.in(folder);
    ml.blob("in/one.txt");
    ml.put(ENDPOINT, "{'location':'eastus2','properties':{'authMode':'aadToken'}}");
    assertEquals(404, ml.put(DEPLOYMENT, BODY.formatted(COMPONENT)).status());
    assertEquals(201, ml.put(COMPONENT, PIPELINE).status());
    Answer made = ml.put(DEPLOYMENT, BODY.formatted(COMPONENT));
    assertEquals(201, made.status(), () -> made.json().toString());
    ml.assertAsDocumented();
    Answer invoked = invoke(ml, INVOCATION);
    assertEquals(201, invoked.status(), () -> invoked.json().toString());
    String name = invoked.text("/name");
    JsonNode job = ml.await(WS + "/jobs/" + name).path("properties");
    assertEquals("Completed", job.path("status").asText(), job::toString);
    assertEquals("1\nhello\n", ml.text("out/", "said.txt"));
    assertEquals("azureml.pipelinejob", job.at("/tags/azureml.jobtype").asText());
    String jobs = MlCloud.API + "/mferp/managementfrontend" + ENDPOINT + "/jobs";
    assertEquals(name, ml.get(jobs).text("/value/0/name"));
    assertEquals("hello", ml.get(jobs).text("/value/0/properties/inputData/word/value"));
    String other = INVOCATION.replace("'outputData'", "'miniBatchSize':1,'outputData'");
    assertEquals(501, invoke(ml, other).status());
  }

  @Test
  void a_job_is_deployed_as_the_component_that_it_is() {
    MlCloud ml = MlCloud.in(folder);
    ml.put(ENDPOINT, "{'location':'eastus2','properties':{'authMode':'aadToken'}}");
    String versions = WS + "/components/azureml_anonymous/versions/";
    String made = versions + "2";
    String ofJob =
        "{'properties':{'isAnonymous':true,'componentSpec':{'name':'azureml_anonymous','type':'pipeline','jobs':{},'sourceJobId':'%s'}}}";
    assertEquals(404, ml.put(made, ofJob.formatted("azureml:first")).status());
    ml.put(
        WS + "/jobs/first",
        """
        {'properties':{'jobType':'Pipeline','inputs':{'word':{'jobInputType':'literal','value':'before'}},
          'outputs':{'said':{'jobOutputType':'uri_folder'}},
          'jobs':{'say':{'type':'command','command':'echo ${{inputs.word}} > ${{outputs.out}}/said.txt',
            'inputs':{'word':'${{parent.inputs.word}}'},'outputs':{'out':'${{parent.outputs.said}}'}}}}}""");
    ml.await(WS + "/jobs/first");
    int version = 2;
    for (String name : new String[] {"first", "azureml:first", WS + "/jobs/first"}) {
      Answer component = ml.put(versions + version++, ofJob.formatted(name));
      assertEquals("before", component.text("/properties/componentSpec/inputs/word/default"), name);
    }
    assertEquals(201, ml.put(DEPLOYMENT, BODY.formatted(made)).status());
    assertEquals("before", said(ml, "{}"));
    assertEquals("now", said(ml, "{'word':{'jobInputType':'Literal','value':'now'}}"));
    ml.put(WS + "/environments/plain/versions/1", "{'properties':{'image':'x'}}");
    ml.put(
        WS + "/jobs/plain",
        "{'properties':{'jobType':'Command','command':'echo','environmentId':'%s/environments/plain/versions/1'}}"
            .formatted(WS));
    assertEquals(400, ml.put(versions + "9", ofJob.formatted("plain")).status());
    ml.await(WS + "/jobs/plain");
  }

  @Test
  void pipelines_without_a_name_stay_apart() {
    MlCloud ml = MlCloud.in(folder);
    String one = WS + "/components/azureml_anonymous/versions/1";
    String first = ml.put(one, PIPELINE).text("/id");
    assertEquals(404, ml.get(one).status());
    assertEquals(first, ml.put(one, PIPELINE).text("/id"));
    assertNotEquals(first, ml.put(one, PIPELINE.replace("'say'", "'tell'")).text("/id"));
    assertEquals(200, ml.get(first).status());
  }

  private static String said(MlCloud ml, String inputs) {
    String out =
        "{'properties':{'inputData':%s,'outputData':{'said':{'jobOutputType':'UriFolder','uri':'azureml://datastores/workspaceblobstore/paths/out/'}}}}";
    Answer invoked = invoke(ml, out.formatted(inputs));
    JsonNode job = ml.await(WS + "/jobs/" + invoked.text("/name")).path("properties");
    assertEquals("Completed", job.path("status").asText(), job::toString);
    return ml.text("out/", "said.txt").strip();
  }

  private static Answer invoke(MlCloud ml, String body) {
    return ml.send(
        "POST",
        "https://pipes.eastus2.inference.ml.azure.com/jobs",
        body,
        ml.cloud().userToken("https://ml.azure.com"),
        Map.of("azureml-model-deployment", "blue"));
  }
}
