package mlops.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.time.Clock;
import mlops.emulator.http.Json;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.token.GitHubOidcIssuer;
import mlops.emulator.login.token.Tokens;

/** What a job of a workflow does to log in: the token that GitHub gives it, and its exchange. */
public record WorkflowLogin(EmbeddedCloud cloud) {
  public static final String AUDIENCE = "api://AzureADTokenExchange";

  /** A token of GitHub's for this subject, as the exchange wants it. */
  public String assertion(String subject) {
    return assertion(subject, AUDIENCE, Clock.systemUTC());
  }

  /** A token of another audience, or of another time. */
  public String assertion(String subject, String audience, Clock clock) {
    return new GitHubOidcIssuer(tokens(), clock).issue(subject, audience, Json.object());
  }

  /** A token of any issuer, signed with the same key. */
  public String assertionOf(String issuer, String subject) {
    long now = Clock.systemUTC().instant().getEpochSecond();
    ObjectNode claims = Json.object().put("iss", issuer).put("sub", subject).put("aud", AUDIENCE);
    return tokens().sign(claims.put("nbf", now).put("exp", now + 300));
  }

  private Tokens tokens() {
    return new Tokens(
        cloud.azure().state(),
        new Directory(cloud.azure().state()),
        EmbeddedAzureOptions.TENANT,
        Clock.systemUTC());
  }

  /** What Entra answers to it. */
  public EmbeddedCloud.Answer exchange(String clientId, String assertion) {
    String form =
        "grant_type=client_credentials&client_id=%s&scope=%s&client_assertion_type=%s&client_assertion=%s"
            .formatted(
                clientId,
                encoded("https://management.azure.com/.default"),
                encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                encoded(assertion));
    String url = "https://login.microsoftonline.com/%s/oauth2/v2.0/token";
    return cloud.send("POST", url.formatted(EmbeddedAzureOptions.TENANT), form, "none");
  }

  /** What Entra says in refusing it. */
  public String refusal(String clientId, String assertion) {
    return exchange(clientId, assertion).json().path("error_description").asText();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
