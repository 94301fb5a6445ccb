package mlops.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import mlops.cli.Transcript;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A registry in the hands of the real azure-ai-ml, by what {@code az ml} calls in it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryClientsCheck {
  private static final String REGISTRY = "azureml://registries/reg-demo/";

  private JsonNode found;

  @BeforeAll
  void azure_ai_ml_works_with_a_registry(@TempDir Path folder) throws Exception {
    InstalledClients installed = InstalledClients.of(InstalledClients.Release.NEWEST);
    RealClients clients = RealClients.in(folder, installed);
    Transcript mlops = Transcript.of(clients.state());
    assertEquals(0, mlops.run("bootstrap"), mlops::err);
    Path program = Path.of("src/test/resources/compat/registry.py").toAbsolutePath();
    clients.exec("registry.py", List.of(installed.mlPython() + "", program + ""));
    found = clients.json("registry");
  }

  private String text(String name) {
    return found.path(name).asText();
  }

  @Test
  void is_created_shown_listed_and_deleted() {
    assertEquals("reg-demo", text("created"));
    assertEquals("eastus2", text("location"));
    assertEquals("[\"reg-demo\"]", found.path("listed").toString());
    assertEquals("[\"reg-demo\"]", found.path("everywhere").toString());
    assertEquals(404, found.path("none").asInt());
    assertEquals("[]", found.path("left").toString());
    assertEquals(
        "(UserError) User/tenant/subscription is not allowed to access registry reg-none",
        text("unknown"));
  }

  @Test
  void takes_each_kind_of_asset_and_gives_a_model_back_byte_for_byte() {
    assertEquals(REGISTRY + "models/taxi/versions/1", text("model"));
    assertEquals(REGISTRY + "environments/scoring/versions/1", text("environment"));
    assertEquals(REGISTRY + "data/rows/versions/1", text("data"));
    assertEquals(REGISTRY + "components/tool/versions/1", text("component"));
    assertTrue(found.path("equal").asBoolean());
    assertEquals("[\"taxi\"]", found.path("models").toString());
    assertEquals("[\"1\"]", found.path("versions").toString());
    assertEquals("1", text("latest"));
  }

  @Test
  void a_model_is_shared_tagged_archived_and_restored() {
    assertEquals(REGISTRY + "models/trained/versions/7", text("shared"));
    assertTrue(found.path("shared-equal").asBoolean());
    assertEquals("A model with this name and version already exists in registry", text("again"));
    assertEquals("prod", found.at("/tags/stage").asText());
    assertEquals("[]", found.path("archived").toString());
    assertEquals("[\"7\"]", found.path("restored").toString());
  }

  @Test
  void a_deployment_scores_and_a_pipeline_runs_by_the_ids_of_a_registry() {
    assertEquals(REGISTRY + "models/taxi/versions/1", text("deployed"));
    assertEquals("Completed", text("scored"));
    assertEquals("Completed", text("pipeline"));
  }
}
