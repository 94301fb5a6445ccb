package mlops.emulator.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mlops.coverage.Witness;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.token.GitHubOidcIssuer;
import mlops.emulator.login.token.Tokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The login of Microsoft Entra, on the wire. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EntraTest {
  private static final String AZ = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
  private static final String ARM_SCOPE = "https://management.azure.com/.default";
  private static final String SUBJECT = "repo:me/taxi:environment:dev";
  private static final String EXCHANGE = "api://AzureADTokenExchange";

  @TempDir Path folder;
  private EmbeddedCloud cloud;
  private LocalApplication application;
  private Tokens tokens;

  @BeforeEach
  void open() {
    cloud = EmbeddedCloud.in(folder);
    application = cloud.azure().application();
    tokens =
        new Tokens(
            cloud.azure().state(),
            new Directory(cloud.azure().state()),
            EmbeddedAzureOptions.TENANT,
            Clock.systemUTC());
  }

  @Test
  void a_secret_logs_an_application_in_that_owns_the_subscription() {
    JsonNode answer = ok(secret(application.clientSecret(), ARM_SCOPE));

    String token = answer.path("access_token").asText();
    assertEquals("https://management.azure.com", claims(token).path("aud").asText());
    assertEquals(application.objectId(), claims(token).path("oid").asText());
    assertEquals(application.clientId(), claims(token).path("appid").asText());
    assertEquals(EmbeddedAzureOptions.TENANT, claims(token).path("tid").asText());
    assertFalse(answer.has("refresh_token"));
    assertEquals(
        200,
        cloud
            .send(
                "GET",
                "https://management.azure.com/subscriptions?api-version=2022-12-01",
                "",
                token)
            .status());
    assertEquals(
        201,
        cloud
            .send(
                "PUT",
                "https://management.azure.com"
                    + EmbeddedCloud.SUBSCRIPTION
                    + "/resourceGroups/by-app?api-version=2021-04-01",
                "{\"location\":\"eastus2\"}",
                token)
            .status());
  }

  @Test
  void the_secret_is_in_a_file_of_its_owner_and_only_hashed_elsewhere() throws IOException {
    Path file = folder.resolve("login").resolve("local-application.json");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    try (var files = Files.walk(folder)) {
      for (Path other : files.filter(Files::isRegularFile).filter(f -> !f.equals(file)).toList()) {
        String text = Files.readString(other, StandardCharsets.ISO_8859_1);
        assertFalse(text.contains(application.clientSecret()), other::toString);
      }
    }
  }

  @Test
  void the_published_key_verifies_the_tokens() throws Exception {
    String token = ok(secret(application.clientSecret(), ARM_SCOPE)).path("access_token").asText();
    JsonNode key = get("/" + EmbeddedAzureOptions.TENANT + "/discovery/v2.0/keys").at("/keys/0");
    Base64.Decoder base64 = Base64.getUrlDecoder();
    PublicKey open =
        KeyFactory.getInstance("RSA")
            .generatePublic(
                new RSAPublicKeySpec(
                    new BigInteger(1, base64.decode(key.path("n").asText())),
                    new BigInteger(1, base64.decode(key.path("e").asText()))));
    int dot = token.lastIndexOf('.');
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(open);
    signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));

    assertTrue(signature.verify(base64.decode(token.substring(dot + 1))));
  }

  @Test
  void discovery_names_the_endpoints() {
    JsonNode found = get("/organizations/v2.0/.well-known/openid-configuration");
    assertEquals(
        "https://login.microsoftonline.com/organizations/oauth2/v2.0/token",
        found.path("token_endpoint").asText());
    assertEquals(
        "https://login.microsoftonline.com/{tenantid}/v2.0", found.path("issuer").asText());
    assertTrue(get("/common/discovery/instance").at("/metadata/0/aliases").size() > 2);
    assertEquals("Managed", get("/common/userrealm/you").path("account_type").asText());
    assertTrue(get("/adfs/.well-known/openid-configuration").has("token_endpoint"));
  }

  @Test
  void failures_have_the_numbers_of_entra() {
    refused(401, "invalid_client", 7000215, secret("wrong", ARM_SCOPE));
    refused(400, "invalid_scope", 1002012, secret(application.clientSecret(), "User.Read"));
    refused(
        400,
        "invalid_resource",
        500011,
        secret(application.clientSecret(), "https://example.com/.default"));
    refused(
        400,
        "invalid_scope",
        70011,
        secret(application.clientSecret(), ARM_SCOPE + " https://graph.microsoft.com/.default"));
    refused(
        400,
        "unauthorized_client",
        700016,
        post(Map.of("grant_type", "client_credentials", "client_id", "nobody")));
    refused(400, "invalid_request", 900144, post(Map.of("client_id", "x")));
    refused(400, "unsupported_grant_type", 70003, post(Map.of("grant_type", "magic")));
    refused(
        401,
        "invalid_client",
        7000216,
        post(Map.of("grant_type", "client_credentials", "client_id", application.clientId())));
    refused(
        400,
        "invalid_request",
        90002,
        post("/contoso.example/oauth2/v2.0/token", Map.of("grant_type", "password")));
  }

  @Test
  void a_device_code_is_approved_at_once_and_its_refresh_token_works() {
    Map<String, String> form = new TreeMap<>();
    form.put("client_id", AZ);
    form.put("scope", "https://management.core.windows.net//.default offline_access openid");
    JsonNode code = ok(post("/organizations/oauth2/v2.0/devicecode", form));
    assertTrue(code.path("message").asText().contains(code.path("user_code").asText()));

    Map<String, String> redeem = new TreeMap<>();
    redeem.put("grant_type", "urn:ietf:params:oauth:grant-type:device_code");
    redeem.put("client_id", AZ);
    redeem.put("device_code", code.path("device_code").asText());
    JsonNode answer = ok(post("/organizations/oauth2/v2.0/token", redeem));
    JsonNode claims = claims(answer.path("access_token").asText());
    assertEquals("https://management.core.windows.net/", claims.path("aud").asText());
    assertEquals(cloud.azure().user().objectId(), claims.path("oid").asText());
    JsonNode id = claims(answer.path("id_token").asText());
    assertEquals("you@mlops.onmicrosoft.com", id.path("preferred_username").asText());

    Map<String, String> refresh = new TreeMap<>();
    refresh.put("grant_type", "refresh_token");
    refresh.put("client_id", AZ);
    refresh.put("refresh_token", answer.path("refresh_token").asText());
    refresh.put("scope", "https://graph.microsoft.com//.default offline_access");
    JsonNode again = ok(post(refresh));
    assertEquals(
        "https://graph.microsoft.com/",
        claims(again.path("access_token").asText()).path("aud").asText());

    refresh.put("refresh_token", answer.path("access_token").asText());
    refused(400, "invalid_grant", 70000, post(refresh));
  }

  @Test
  void neither_a_refresh_token_nor_an_id_token_is_an_access_token() {
    Map<String, String> form = new TreeMap<>();
    form.put("grant_type", "password");
    form.put("client_id", AZ);
    form.put("username", "you@mlops.onmicrosoft.com");
    form.put("password", application.userPassword());
    form.put("scope", ARM_SCOPE + " openid offline_access");
    JsonNode answer = ok(post(form));

    for (String name : new String[] {"refresh_token", "id_token"}) {
      assertEquals(
          401,
          cloud
              .send(
                  "GET",
                  "https://management.azure.com/subscriptions?api-version=2022-12-01",
                  "",
                  answer.path(name).asText())
              .status(),
          name);
    }
    form.put("password", "guess");
    refused(400, "invalid_grant", 50126, post(form));
    form.put("username", "stranger@mlops.onmicrosoft.com");
    refused(400, "invalid_grant", 50034, post(form));
  }

  @Test
  void a_workflow_logs_in_by_a_federated_credential_that_matches() {
    String clientId = applicationWithFederation(GitHubOidcIssuer.ISSUER, SUBJECT, EXCHANGE);

    ok(assertion(clientId, workflow(SUBJECT, EXCHANGE)));

    refused(
        401, "invalid_client", 700213, assertion(clientId, workflow("repo:me/other", EXCHANGE)));
    refused(
        401,
        "invalid_client",
        7002138,
        assertion(clientId, workflow("repo:Me/taxi:environment:dev", EXCHANGE)));
    refused(401, "invalid_client", 700212, assertion(clientId, workflow(SUBJECT, "api://other")));
    refused(400, "invalid_request", 50027, assertion(clientId, "not a token"));
    String forged = workflow(SUBJECT, EXCHANGE).replaceFirst("....$", "AAAA");
    refused(401, "invalid_client", 700027, assertion(clientId, forged));
    refused(
        401, "invalid_client", 700211, assertion(application.clientId(), workflow(SUBJECT, "a")));
  }

  @Test
  void an_assertion_that_has_ended_is_refused() {
    String clientId = applicationWithFederation(GitHubOidcIssuer.ISSUER, SUBJECT, EXCHANGE);
    Clock hourAgo = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
    String old = new GitHubOidcIssuer(tokens, hourAgo).issue(SUBJECT, EXCHANGE, Json.object());

    refused(401, "invalid_client", 700024, assertion(clientId, old));
  }

  @Test
  void an_issuer_that_would_have_to_be_asked_is_refused_by_name() {
    String issuer = "https://issuer.example.com";
    String clientId = applicationWithFederation(issuer, SUBJECT, EXCHANGE);
    ObjectNode claims = Json.object().put("iss", issuer).put("sub", SUBJECT).put("aud", EXCHANGE);

    JsonNode refusal =
        refused(400, "invalid_request", 50166, assertion(clientId, tokens.sign(claims)));

    assertTrue(refusal.path("error_description").asText().contains(issuer));
  }

  private String workflow(String subject, String audience) {
    return new GitHubOidcIssuer(tokens, Clock.systemUTC())
        .issue(subject, audience, Json.object().put("repository", "me/taxi"));
  }

  private String applicationWithFederation(String issuer, String subject, String audience) {
    String graph = "https://graph.microsoft.com/v1.0/";
    JsonNode made =
        cloud.send("POST", graph + "applications", "{\"displayName\":\"workflow\"}").json();
    String appId = made.path("appId").asText();
    ObjectNode credential =
        Json.object().put("name", "fic").put("issuer", issuer).put("subject", subject);
    credential.putArray("audiences").add(audience);
    String path = "applications/%s/federatedIdentityCredentials";
    assertEquals(
        201,
        cloud
            .send("POST", graph + path.formatted(made.path("id").asText()), credential.toString())
            .status());
    assertEquals(
        401, assertion(appId, "x.y.z").status(), "an application without a service principal");
    String principal = Json.object().put("appId", appId).toString();
    assertEquals(201, cloud.send("POST", graph + "servicePrincipals", principal).status());
    return appId;
  }

  private Response assertion(String clientId, String token) {
    Map<String, String> form = new TreeMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", clientId);
    form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    form.put("client_assertion", token);
    form.put("scope", ARM_SCOPE);
    return post(form);
  }

  private Response secret(String secret, String scope) {
    Map<String, String> form = new TreeMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", application.clientId());
    form.put("client_secret", secret);
    form.put("scope", scope);
    return post(form);
  }

  private Response post(Map<String, String> form) {
    return post("/" + EmbeddedAzureOptions.TENANT + "/oauth2/v2.0/token", form);
  }

  private Response post(String path, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send("POST", path, body);
  }

  private JsonNode get(String path) {
    return ok(send("GET", path, ""));
  }

  private Response send(String method, String path, String body) {
    Request request =
        Request.of(method, Entra.HOST, path, new HttpHeaders(), BinaryData.fromString(body));
    Response response = cloud.azure().router().handle(request);
    Witness.ofThisTest().note(request, response.status());
    return response;
  }

  private static JsonNode ok(Response response) {
    assertEquals(200, response.status(), () -> response.body().toString());
    return json(response);
  }

  private static JsonNode refused(int status, String error, int number, Response response) {
    JsonNode body = json(response);
    assertEquals(error, body.path("error").asText(), body::toPrettyString);
    assertEquals(number, body.at("/error_codes/0").asInt(), body::toPrettyString);
    assertEquals(status, response.status(), body::toPrettyString);
    return body;
  }

  private static JsonNode json(Response response) {
    try {
      return Json.MAPPER.readTree(response.body().toBytes());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode claims(String token) {
    return Tokens.claimed(token).orElseThrow();
  }
}
