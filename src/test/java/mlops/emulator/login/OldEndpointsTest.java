package mlops.emulator.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.http.Json;
import mlops.emulator.login.token.GitHubOidcIssuer;
import mlops.emulator.login.token.Tokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What older clients ask of Entra, and what Entra asks of GitHub. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class OldEndpointsTest {
  private static final String LOGIN = "https://login.microsoftonline.com/";
  private static final String AZ = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
  private static final String ARM = "https://management.azure.com/";

  @TempDir Path folder;
  private EmbeddedCloud cloud;

  @BeforeEach
  void open() {
    cloud = EmbeddedCloud.in(folder);
  }

  @Test
  void a_secret_gives_a_token_for_a_resource() throws IOException {
    LocalApplication application = cloud.azure().application();
    JsonNode answer =
        post(
            EmbeddedAzureOptions.TENANT + "/oauth2/token",
            Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                application.clientId(),
                "client_secret",
                application.clientSecret(),
                "resource",
                ARM));
    JsonNode claims = Tokens.claimed(answer.path("access_token").asText()).orElseThrow();
    assertEquals(ARM, claims.path("aud").asText());
    assertEquals(application.objectId(), claims.path("oid").asText());
  }

  @Test
  void a_device_code_is_for_a_resource_too() throws IOException {
    JsonNode code = post("common/oauth2/devicecode", Map.of("client_id", AZ, "resource", ARM));
    assertFalse(code.path("user_code").asText().isEmpty(), code::toString);
    JsonNode answer =
        post(
            "common/oauth2/token",
            Map.of(
                "grant_type",
                "device_code",
                "client_id",
                AZ,
                "resource",
                ARM,
                "code",
                code.path("device_code").asText()));
    JsonNode claims = Tokens.claimed(answer.path("access_token").asText()).orElseThrow();
    assertEquals(cloud.azure().user().objectId(), claims.path("oid").asText());
  }

  @Test
  void the_keys_are_the_same_wherever_they_are_asked_for() {
    JsonNode keys = get(LOGIN + EmbeddedAzureOptions.TENANT + "/discovery/v2.0/keys");
    assertEquals("RSA", keys.at("/keys/0/kty").asText());
    assertEquals(keys, get(LOGIN + EmbeddedAzureOptions.TENANT + "/discovery/keys"));
    JsonNode adfs = get(LOGIN + "adfs/adfs/.well-known/openid-configuration");
    assertFalse(adfs.path("token_endpoint").asText().isEmpty(), adfs::toString);
  }

  @Test
  void github_tells_who_signs_the_tokens_of_workflows() {
    JsonNode found = get(GitHubOidcIssuer.ISSUER + "/.well-known/openid-configuration");
    assertEquals(GitHubOidcIssuer.ISSUER, found.path("issuer").asText());
    JsonNode keys = get(found.path("jwks_uri").asText());
    assertEquals("RSA", keys.at("/keys/0/kty").asText());
  }

  private JsonNode get(String url) {
    EmbeddedCloud.Answer answer = cloud.send("GET", url, "");
    assertEquals(200, answer.status(), () -> answer.json().toString());
    return answer.json();
  }

  private JsonNode post(String path, Map<String, String> form) throws IOException {
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request = new HttpRequest(HttpMethod.POST, LOGIN + path);
    request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.setBody(body);
    try (HttpResponse response = cloud.http().sendSync(request, Context.NONE)) {
      String text = response.getBodyAsBinaryData().toString();
      assertEquals(200, response.getStatusCode(), text);
      return Json.MAPPER.readTree(text);
    }
  }
}
