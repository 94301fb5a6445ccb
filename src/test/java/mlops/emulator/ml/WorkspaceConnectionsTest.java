package mlops.emulator.ml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections of a workspace: kept for those who ask, secrets for those who may. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class WorkspaceConnectionsTest {
  private static final String ALL = MlCloud.WORKSPACE + "/connections";
  private static final String FEED = ALL + "/feed";

  @TempDir Path folder;
  private MlCloud ml;

  @BeforeEach
  void openWithAWorkspace() {
    ml = MlCloud.in(folder);
  }

  private static String body(String type, String category, String credentials) {
    return "{'properties':{'authType':'%s','category':'%s','target':'https://%s.example','metadata':{'a':'b'}%s}}"
        .formatted(
            type, category, category, credentials.isEmpty() ? "" : ",'credentials':" + credentials);
  }

  @Test
  void a_secret_is_shown_by_list_secrets_alone_and_kept_for_its_owner() throws IOException {
    Answer made = ml.put(FEED, body("PAT", "PythonFeed", "{'pat':'secret-hushhush'}"));
    assertEquals(200, made.status(), made::toString);
    String listed = ml.get(ALL).json().toString();
    for (String shown : List.of(made.json().toString(), ml.get(FEED).json().toString(), listed)) {
      assertTrue(shown.contains("https://PythonFeed.example"), shown);
      assertFalse(shown.contains("hushhush"), shown);
    }
    Answer secrets = ml.post(FEED + "/listsecrets", "");
    assertEquals("secret-hushhush", secrets.text("/properties/credentials/pat"));
    assertEquals(403, ml.sendAsStranger("POST", FEED + "/listsecrets", "").status());
    List<Path> holders = filesWith("secret-hushhush");
    assertEquals(1, holders.size(), holders::toString);
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(holders.get(0))));
    assertEquals(200, ml.delete(FEED).status());
    assertEquals(List.of(), filesWith("secret-hushhush"));
    assertEquals(204, ml.delete(FEED).status());
    Answer missing = ml.get(FEED);
    assertEquals(404, missing.status());
    assertEquals("UserError", missing.code());
    ml.assertAsDocumented();
  }

  private List<Path> filesWith(String text) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(f -> holds(f, text)).toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return Files.readString(file, ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_second_put_may_leave_the_secret_as_it_is() {
    ml.put(FEED, body("PAT", "PythonFeed", "{'pat':'one'}"));
    assertEquals(200, ml.put(FEED, body("PAT", "Git", "")).status());
    assertEquals("one", ml.post(FEED + "/listsecrets", "").text("/properties/credentials/pat"));
    assertEquals("Git", ml.get(FEED).text("/properties/category"));
    assertEquals(400, ml.put(FEED, body("SAS", "Git", "")).status(), "another type needs another");
    ml.put(FEED, body("PAT", "Git", "{'pat':'two'}"));
    assertEquals("two", ml.post(FEED + "/listsecrets", "").text("/properties/credentials/pat"));
  }

  @Test
  void the_list_is_narrowed() {
    ml.put(FEED, body("None", "PythonFeed", ""));
    ml.put(ALL + "/lake", body("AAD", "ADLSGen2", ""));
    assertEquals(2, listed(""));
    assertEquals(1, listed("?category=ADLSGen2"));
    assertEquals(1, listed("?target=https://PythonFeed.example"));
    assertEquals(0, listed("?category=Git"));
    assertEquals(1, listed("?api-version=2024-04-01-preview&includeAll=false"));
    assertEquals(2, listed("?api-version=2024-04-01-preview&includeAll=true"));
    ml.assertAsDocumented();
  }

  private int listed(String query) {
    return ml.get(ALL + query).json().path("value").size();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "ManagedIdentity|ContainerRegistry|{'clientId':'c','resourceId':'r'}|clientId",
        "AccessKey|S3|{'accessKeyId':'i','secretAccessKey':'s'}|secretAccessKey",
        "AccountKey|AzureBlob|{'key':'k'}|key",
        "ApiKey|AzureOpenAI|{'key':'k'}|key",
        "CustomKeys|CustomKeys|{'keys':{'one':'two'}}|keys",
        "OAuth2|Jira|{'clientId':'c','clientSecret':'s'}|clientSecret",
        "SAS|AzureBlob|{'sas':'s'}|sas",
        "ServicePrincipal|AzureSqlDb|{'clientId':'c','clientSecret':'s','tenantId':'t'}|tenantId",
        "UsernamePassword|Snowflake|{'username':'u','password':'p'}|password",
      })
  void each_kind_of_authentication_is_kept(
      String type, String category, String credentials, String field) {
    assertEquals(200, ml.put(FEED, body(type, category, credentials)).status());
    Answer secrets = ml.post(FEED + "/listsecrets", "");
    assertTrue(secrets.json().at("/properties/credentials").has(field), secrets::toString);
    Answer none = ml.put(ALL + "/none", body(type, category, ""));
    assertEquals(type.equals("ManagedIdentity") ? 200 : 400, none.status(), none::toString);
    ml.assertAsDocumented();
  }

  @Test
  void an_account_key_may_be_called_sas_as_the_newest_client_does() {
    String url = FEED + "?api-version=2024-04-01-preview";
    assertEquals(200, ml.put(url, body("AccountKey", "AzureBlob", "{'sas':'k'}")).status());
  }

  @Test
  void what_is_wrong_or_not_built_is_refused() {
    assertEquals(400, ml.put(FEED, "{'properties':{'category':'Git'}}").status());
    assertEquals(400, ml.put(FEED, "{'properties':{'authType':'None'}}").status());
    assertEquals(400, ml.put(ALL + "/a", body("None", "Git", "")).status(), "too short a name");
    String dated = body("None", "Git", "").replace("'metadata'", "'expiryTime':'2030','metadata'");
    assertEquals(501, ml.put(FEED, dated).status());
  }
}
