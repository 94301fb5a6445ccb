package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import mlops.compat.PinnedFolder;
import mlops.emulator.http.Json;
import mlops.emulator.run.python.build.Interpreter;
import mlops.emulator.run.python.build.Interpreters;
import mlops.emulator.run.python.requirement.PythonVersions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each call of the real MLflow clients in a job, in three major versions. It takes minutes and the
 * network: {@code ./mvnw test -Dtest=MlflowClientsCheck}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MlflowClientsCheck {
  private static final Path SCRIPT =
      Path.of("src/test/resources/compat/libraries/mlflow_acts.py").toAbsolutePath();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"mlflow3, >=3.10", "mlflow2, >=3.10", "mlflow1, '>=3.7,<3.11'"})
  void every_call_does_what_it_says(String pins, String versions) throws Exception {
    Interpreter python =
        Interpreters.ofUser()
            .of(new PythonVersions(versions))
            .orElseGet(() -> abort("no Python " + versions));
    Path program = PinnedFolder.python(pins, python.path().toString()).resolve("bin/python");
    MlCloud ml = MlCloud.in(folder);
    ml.put(MlCloud.WORKSPACE + "/environments/plain/versions/1", "{'properties':{'image':'x'}}");
    ObjectNode properties = Json.object().put("jobType", "Command").put("experimentName", "e");
    properties.put("environmentId", MlCloud.WORKSPACE + "/environments/plain/versions/1");
    properties.put("command", program + " " + SCRIPT);
    String job = MlCloud.WORKSPACE + "/jobs/one";
    String body = Json.object().set("properties", properties).toString();
    assertEquals(201, ml.sendAsIs("PUT", job, body).status());
    JsonNode ended = ml.await(job, 600);
    JsonNode run = ml.cloud().azure().state().read(MlCloud.WORKSPACE + "/runs/one").orElseThrow();
    assertEquals("Completed", ended.at("/properties/status").asText(), run::toPrettyString);
    JsonNode model = ml.get(MlCloud.WORKSPACE + "/models/taxi-a/versions/1").json();
    assertEquals("mlflow_model", model.at("/properties/modelType").asText());
    assertTrue(model.at("/properties/flavors").has("sklearn"), model::toPrettyString);
  }
}
