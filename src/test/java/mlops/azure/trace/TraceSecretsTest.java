package mlops.azure.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TraceSecretsTest {
  private static final String ARM = "https://management.azure.com/subscriptions/0/resourceGroups/g";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"access_token\":\"hush\"}",
        "{\"passwords\":[{\"name\":\"p\",\"password\":\"hush\"}]}",
        "{\"secretText\":\"hush\",\"clientSecret\":\"hush\"}",
        "{\"primarySharedKey\":\"hush\",\"secondarySharedKey\":\"hush\"}",
        "{\"a\":{\"b\":[{\"connectionString\":\"hush\"}]}}",
        "{\"properties\":{\"credentials\":{\"secrets\":{\"key\":\"hush\",\"secretsType\":\"x\"}}}}",
        "{\"sasToken\":\"hush\"}",
        "{\"encrypted_value\":\"hush\"}",
        "{\"parameters\":{\"adminPassword\":{\"value\":\"hush\"}}}",
        "{\"parameters\":{\"keysOf\":{\"value\":[{\"key\":[\"hush\"]}]}}}",
        "{\"environmentVariables\":{\"MY_API_KEY\":\"hush\",\"apikey\":7,\"DB_PASSWORD\":\"hush\"}}",
        "{\"x\":\"DefaultEndpointsProtocol=https;AccountName=a;AccountKey=hush==;EndpointSuffix=c\"}",
        "{\"sasUri\":\"https://a.blob.core.windows.net/c?sig=hush\"}",
        "{\"logFiles\":{\"a.txt\":\"https://a.blob.core.windows.net/c/a.txt?sv=1&sig=hush&sr=b\"}}"
      })
  void secrets_in_json_are_masked_wherever_they_stand(String body) throws Exception {
    String shown = TraceSecrets.masked(url(ARM), "application/json", body);
    assertFalse(shown.contains("hush"), shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/providers/Microsoft.Storage/storageAccounts/a/listKeys",
        "/providers/Microsoft.MachineLearningServices/workspaces/w/datastores/d/listSecrets",
        "/providers/Microsoft.MachineLearningServices/workspaces/w/listKeys",
        "/providers/Microsoft.OperationalInsights/workspaces/w/sharedKeys/listKeys",
        "/providers/Microsoft.Storage/storageAccounts/a/ListAccountSas",
        "/providers/Microsoft.Storage/storageAccounts/a/regenerateKey"
      })
  void answers_that_are_made_of_secrets_show_none(String path) throws Exception {
    String body = "{\"keys\":[{\"keyName\":\"key1\",\"value\":\"hush\",\"permissions\":\"FULL\"}]}";
    assertEquals(
        "{\"keys\":[{\"keyName\":\"key1\",\"value\":\"***\",\"permissions\":\"FULL\"}]}",
        TraceSecrets.masked(url(ARM + path), "application/json", body));
  }

  @Test
  void what_is_no_secret_is_shown() throws Exception {
    String body =
        "{\"name\":\"x\",\"nextLink\":\"https://m/y?$skipToken=abc\",\"properties\":{\"n\":1}}";
    assertEquals(body, TraceSecrets.masked(url(ARM), "application/json", body));
  }

  @Test
  void signatures_in_addresses_headers_and_logins_are_masked() throws Exception {
    assertEquals(
        "https://a.blob.core.windows.net/c/b?sv=1&sig=***&se=2",
        TraceSecrets.maskedUrl("https://a.blob.core.windows.net/c/b?sv=1&sig=hu%2Fsh%3D&se=2"));
    assertEquals("***", TraceSecrets.maskedHeader("AUTHORIZATION", "Bearer hush"));
    assertEquals(
        "https://a/b?sig=***", TraceSecrets.maskedHeader("x-ms-copy-source", "https://a/b?sig=h"));
    assertEquals(
        "***",
        TraceSecrets.masked(
            url("https://login.microsoftonline.com/t/oauth2/v2.0/token"),
            "application/x-www-form-urlencoded",
            "client_secret=hush"));
    assertEquals("***", TraceSecrets.masked(url(ARM), "application/json", "{broken"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"device_code\":\"hush\",\"user_code\":\"hush\",\"message\":\"enter hush\",\"interval\":5}",
        "{\"code\":\"hush\",\"state\":\"hush\",\"session_state\":\"hush\",\"nonce\":\"hush\"}",
        "{\"refresh_token\":\"hush\",\"registration_access_token\":\"hush\",\"subject_token\":\"hush\"}",
        "{\"code_verifier\":\"hush\",\"assertion\":\"hush\",\"id_token_hint\":\"hush\"}",
      })
  void nothing_of_a_sign_in_is_shown(String body) throws Exception {
    URL login = url("https://login.microsoftonline.com/t/oauth2/v2.0/devicecode");
    String shown = TraceSecrets.masked(login, "application/json; charset=utf-8", body);
    assertFalse(shown.contains("hush"), shown);
  }

  @Test
  void codes_and_tokens_are_masked_in_addresses_and_whatever_text_they_stand_in() throws Exception {
    assertEquals(
        "http://localhost:8400/?code=***&x=1&device_code=***&code_verifier=***&id_token=***",
        TraceSecrets.maskedUrl(
            "http://localhost:8400/?code=hush&x=1&device_code=hush&code_verifier=hush&id_token=hush"));
    String jwt = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJodXNoIn0.c2lnbmVk";
    assertEquals(
        "{\"value\":\"***\"}",
        TraceSecrets.masked(url(ARM), "application/json", "{\"value\":\"" + jwt + "\"}"));
    assertEquals("token ***", TraceSecrets.maskedHeader("x-note", "token " + jwt));
    String error = "{\"error\":{\"code\":\"NotFound\",\"message\":\"no user_code\"}}";
    assertEquals(error, TraceSecrets.masked(url(ARM), "application/json", error));
  }

  @Test
  void the_value_of_a_vaults_secret_is_masked() throws Exception {
    URL secret = url("https://kv.vault.azure.net/secrets/a");
    String body = "{\"value\":\"hush\",\"id\":\"https://kv.vault.azure.net/secrets/a/1\"}";
    assertEquals(
        body.replace("hush", "***"), TraceSecrets.masked(secret, "application/json", body));
    String list =
        "{\"value\":[{\"id\":\"https://kv.vault.azure.net/secrets/a\"}],\"nextLink\":null}";
    assertEquals(list, TraceSecrets.masked(secret, "application/json", list));
  }

  @Test
  void a_key_that_signs_for_a_user_is_masked() throws Exception {
    URL keys = url("https://a.blob.core.windows.net/?restype=service&comp=userdelegationkey");
    String answer =
        "<UserDelegationKey><SignedOid>o</SignedOid><Value>hush=</Value></UserDelegationKey>";
    assertEquals(
        answer.replace("hush=", "***"), TraceSecrets.masked(keys, "application/xml", answer));
  }

  @Test
  void text_shows_no_password_either() throws Exception {
    URL blob = url("https://a.blob.core.windows.net/c/log.txt");
    String log = "2026 AccountKey=hush; then client_secret=hush and password=hush";
    assertEquals(log.replace("hush", "***"), TraceSecrets.masked(blob, "text/plain", log));
  }

  private static URL url(String text) throws MalformedURLException {
    return URI.create(text).toURL();
  }
}
