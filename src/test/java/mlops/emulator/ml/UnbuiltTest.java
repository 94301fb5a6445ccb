package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Azure Machine Learning has and this does not: there is none of it, and it says so. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class UnbuiltTest {
  private static final List<String> KINDS =
      List.of(
          MlCloud.WORKSPACE + "/onlineEndpoints",
          MlCloud.WORKSPACE + "/serverlessEndpoints",
          MlCloud.WORKSPACE + "/marketplaceSubscriptions",
          MlCloud.WORKSPACE + "/outboundRules",
          MlCloud.WORKSPACE + "/privateEndpointConnections",
          MlCloud.WORKSPACE + "/capabilityHosts");

  @TempDir Path folder;
  private MlCloud ml;

  @BeforeEach
  void openWithAWorkspace() {
    ml = MlCloud.in(folder);
  }

  @Test
  void there_is_none_and_none_is_found_or_made() {
    for (String kind : KINDS) {
      String one = kind + "/some-name";
      assertEquals("[]", listed(kind), kind);
      assertEquals(204, ml.delete(one).status(), kind);
      assertMissing(ml.get(one), "some-name");
      assertMissing(ml.patch(one, "{'tags':{}}"), "some-name");
      assertMissing(ml.post(one + "/listKeys", ""), "some-name'");
      assertMissing(ml.get(one + "/deployments/blue"), "some-name'");
      for (String made : List.of(one, one + "/versions/1")) {
        Answer refused = ml.put(made, "{'location':'eastus2','properties':{}}");
        assertEquals(501, refused.status(), made);
        assertTrue(refused.text("/error/message").startsWith("The embedded Azure has no "), made);
      }
    }
    assertEquals("[]", listed(MlCloud.WORKSPACE + "/features"));
    ml.assertAsDocumented();
  }

  /** The online store of a feature store on Azure: here it is a file, or a Redis of yours. */
  @Test
  void a_cache_is_refused_by_name() {
    String cache = MlCloud.GROUP + "/providers/Microsoft.Cache/redis/taxi";
    for (Answer answer :
        List.of(
            ml.put(cache, "{'location':'eastus2','properties':{}}"),
            ml.get(cache),
            ml.post(cache + "/listKeys", ""))) {
      assertEquals(501, answer.status(), answer::toString);
      assertTrue(answer.text("/error/message").contains("Microsoft.Cache"), answer::toString);
    }
  }

  private String listed(String kind) {
    Answer list = ml.get(kind);
    assertEquals(200, list.status(), () -> kind + list.json());
    return list.json().path("value").toString();
  }

  private static void assertMissing(Answer answer, String name) {
    assertEquals(404, answer.status(), () -> answer.json().toString());
    assertEquals("ResourceNotFound", answer.code());
    assertTrue(answer.text("/error/message").contains("/" + name), answer.text("/error/message"));
  }

  @Test
  void a_workspace_that_is_not_there_has_no_lists_either() {
    for (String kind : KINDS) {
      String elsewhere = kind.replace("ml-one", "ml-two");
      assertEquals(404, ml.get(elsewhere).status(), kind);
      assertEquals(404, ml.delete(elsewhere + "/x").status(), kind);
    }
  }

  @Test
  void operations_that_are_not_here_are_refused_by_name() {
    for (String operation :
        List.of("prepareNotebook", "listNotebookKeys", "listNotebookAccessToken")) {
      assertRefused(ml.post(MlCloud.WORKSPACE + "/" + operation, ""), "notebooks");
    }
    assertRefused(ml.post(MlCloud.WORKSPACE + "/provisionManagedNetwork", ""), "networks");
    assertRefused(ml.get(MlCloud.WORKSPACE + "/privateLinkResources"), "networks");
    assertRefused(ml.post(MlCloud.WORKSPACE + "/codes/m/versions/1/publish", "{}"), "publishing");
    assertRefused(ml.post(MlCloud.WORKSPACE + "/models/m/versions/1/package", "{}"), "images");
    Answer registry = ml.get(MlCloud.API + "/registrymanagement/v1.0/registries/azureml/discovery");
    assertEquals(501, registry.status());
    assertTrue(registry.text("/error/message").contains("'azureml'"));
  }

  private static void assertRefused(Answer answer, String what) {
    assertEquals(501, answer.status(), () -> answer.json().toString());
    assertTrue(answer.text("/error/message").contains("has no " + what));
  }
}
