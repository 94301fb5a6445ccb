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
  private static final String WS = MlCloud.WORKSPACE;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"mlflow3, >=3.10", "mlflow2, >=3.10", "mlflow1, '>=3.7,<3.11'"})
  void every_call_does_what_it_says(String pins, String versions) throws Exception {
    MlCloud ml = MlCloud.in(folder);
    run(ml, program(pins, versions), "mlflow_acts.py", "");
    JsonNode model = ml.get(WS + "/models/taxi-a/versions/1").json();
    assertEquals("mlflow_model", model.at("/properties/modelType").asText());
    assertTrue(model.at("/properties/flavors").has("sklearn"), model::toPrettyString);
  }

  /** As on Azure, a job gets the models of a registry where it asks for it, and no other does. */
  @ParameterizedTest
  @CsvSource({"mlflow3, >=3.10", "mlflow2, >=3.10", "mlflow1, '>=3.7,<3.11'"})
  void a_job_that_names_a_registry_loads_its_models(String pins, String versions) throws Exception {
    Path program = program(pins, versions);
    MlCloud ml = MlCloud.in(folder);
    String registry = RegistriesTest.ONE;
    ml.put(registry, RegistriesTest.body(RegistriesTest.region("eastus2")));
    String files = RegistryReferencesTest.uploaded(ml, registry, "models/shared", "model");
    String model = "{'properties':{'modelUri':'%s'}}".formatted(files);
    assertEquals(201, ml.put(registry + "/models/shared/versions/1", model).status());
    run(ml, program, "mlflow_registry.py", ml.get(registry).text("/properties/mlFlowRegistryUri"));
  }

  private static Path program(String pins, String versions) throws Exception {
    Interpreter python =
        Interpreters.ofUser()
            .of(new PythonVersions(versions))
            .orElseGet(() -> abort("no Python " + versions));
    return PinnedFolder.python(pins, python.path().toString()).resolve("bin/python");
  }

  private static void run(MlCloud ml, Path program, String script, String registry) {
    Path file = Path.of("src/test/resources/compat/libraries", script).toAbsolutePath();
    ml.put(WS + "/environments/plain/versions/1", "{'properties':{'image':'x'}}");
    ObjectNode properties = Json.object().put("jobType", "Command").put("experimentName", "e");
    properties.put("environmentId", WS + "/environments/plain/versions/1");
    properties.put("command", program + " " + file);
    if (!registry.isEmpty()) {
      properties.putObject("environmentVariables").put("MLFLOW_REGISTRY_URI", registry);
    }
    String body = Json.object().set("properties", properties).toString();
    assertEquals(201, ml.sendAsIs("PUT", WS + "/jobs/one", body).status());
    JsonNode ended = ml.await(WS + "/jobs/one", 600);
    JsonNode run = ml.cloud().azure().state().read(WS + "/runs/one").orElseThrow();
    assertEquals("Completed", ended.at("/properties/status").asText(), run::toPrettyString);
  }
}
