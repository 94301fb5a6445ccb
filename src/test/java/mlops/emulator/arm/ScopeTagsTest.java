package mlops.emulator.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import mlops.emulator.http.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags of every scope through one resource, and the names of tags of a subscription. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class ScopeTagsTest {
  private static final String GROUP = "/resourceGroups/rg-t";
  private static final String IDENTITY =
      GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/someone";
  private static final String TAGS = "/providers/Microsoft.Resources/tags/default";

  @TempDir Path folder;
  private EmbeddedCloud cloud;

  @BeforeEach
  void openWithAGroupAndAnIdentity() {
    cloud = EmbeddedCloud.in(folder);
    send("POST", "/providers/Microsoft.ManagedIdentity/register", "");
    send("PUT", GROUP, "{'location':'eastus2'}");
    assertEquals(201, send("PUT", IDENTITY, "{'location':'eastus2'}").status());
  }

  @AfterEach
  void everyExchangeWasAsDocumented() {
    cloud.assertAsDocumented();
  }

  private Answer send(String method, String path, String body) {
    String url = EmbeddedCloud.ARM + EmbeddedCloud.SUBSCRIPTION + path + "?api-version=2021-04-01";
    return cloud.send(method, url, body.replace('\'', '"'));
  }

  private static String tags(String tags) {
    return "{'properties':{'tags':" + tags + "}}";
  }

  private Answer patch(String scope, String operation, String tags) {
    return send(
        "PATCH",
        scope + TAGS,
        "{'operation':'" + operation + "','properties':{'tags':" + tags + "}}");
  }

  private JsonNode of(String scope) {
    Answer answer = send("GET", scope + TAGS, "");
    assertEquals("default", answer.text("/name"));
    assertEquals(answer.json().at("/properties/tags"), onResource(scope));
    return answer.json().at("/properties/tags");
  }

  private JsonNode onResource(String scope) {
    JsonNode tags = send("GET", scope, "").json().path("tags");
    return tags.isMissingNode() ? Json.object() : tags;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", GROUP, IDENTITY})
  void tags_are_replaced_merged_and_deleted(String scope) {
    assertEquals(Json.object(), of(scope));
    assertEquals(200, send("PUT", scope + TAGS, tags("{'Team':'blue','cost':'1'}")).status());
    assertEquals("{\"Team\":\"blue\",\"cost\":\"1\"}", of(scope).toString());
    patch(scope, "merge", "{'team':'red','new':'2'}");
    assertEquals("{\"Team\":\"red\",\"cost\":\"1\",\"new\":\"2\"}", of(scope).toString());
    patch(scope, "Delete", "{'TEAM':'','cost':'other','new':'2'}");
    assertEquals("{\"cost\":\"1\"}", of(scope).toString());
    patch(scope, "Replace", "{'only':'this'}");
    assertEquals("{\"only\":\"this\"}", of(scope).toString());
    assertEquals(200, send("DELETE", scope + TAGS, "").status());
    assertEquals(Json.object(), of(scope));
  }

  @Test
  void what_is_no_tag_is_refused() {
    assertEquals("InvalidTagNameCharacters", send("PUT", GROUP + TAGS, tags("{'a/b':'c'}")).code());
    assertEquals("InvalidTag", send("PUT", GROUP + TAGS, tags("{'':'c'}")).code());
    assertEquals("InvalidTagsPatchOperation", patch(GROUP, "Forget", "{}").code());
    assertEquals("ResourceGroupNotFound", patch(GROUP + "none", "Merge", "{}").code());
    StringBuilder many = new StringBuilder("{'t':''");
    for (int i = 0; i < 50; i++) {
      many.append(",'t").append(i).append("':''");
    }
    assertEquals("InvalidTagsCount", send("PUT", GROUP + TAGS, tags(many + "}")).code());
  }

  @Test
  void a_subscription_knows_the_names_put_down_and_those_in_use() {
    assertEquals(201, send("PUT", "/tagNames/cost", "").status());
    assertEquals(200, send("PUT", "/tagNames/cost", "").status());
    assertEquals(201, send("PUT", "/tagNames/cost/tagValues/one", "").status());
    assertEquals("TagNameNotFound", send("PUT", "/tagNames/none/tagValues/one", "").code());
    send("PUT", IDENTITY + TAGS, tags("{'Cost':'two'}"));
    send("PUT", GROUP + TAGS, tags("{'team':'blue'}"));
    JsonNode names = send("GET", "/tagNames", "").json().path("value");
    assertEquals(2, names.size(), names::toString);
    assertEquals("cost", names.at("/0/tagName").asText());
    assertEquals(1, names.at("/0/count/value").asInt());
    assertEquals("one", names.at("/0/values/0/tagValue").asText());
    assertEquals(0, names.at("/0/values/0/count/value").asInt());
    assertEquals("two", names.at("/0/values/1/tagValue").asText());
    assertEquals(409, send("DELETE", "/tagNames/cost", "").status());
    assertEquals(200, send("DELETE", "/tagNames/cost/tagValues/one", "").status());
    send("DELETE", IDENTITY + TAGS, "");
    assertEquals(200, send("DELETE", "/tagNames/cost", "").status());
    assertEquals(204, send("DELETE", "/tagNames/cost", "").status());
  }
}
