package mlops.steps.github.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mlops.azure.RestClient;
import mlops.error.MlopsException;

/** What the token of a job says, without its signature: of no use to log in with. */
public record JobClaims(JsonNode all) {
  static final String ISSUER = "iss";
  static final String SUBJECT = "sub";
  static final String AUDIENCE = "aud";

  /** Those that a login or its failure may depend on. */
  private static final List<String> SHOWN =
      List.of(
          ISSUER,
          SUBJECT,
          AUDIENCE,
          "environment",
          "repository",
          "repository_id",
          "repository_owner_id",
          "repository_visibility",
          "enterprise",
          "event_name",
          "ref",
          "job_workflow_ref",
          "run_id",
          "run_attempt",
          "actor");

  /** Reads a token. */
  static JobClaims of(String token) {
    String[] parts = token.split("\\.", -1);
    try {
      byte[] body = Base64.getUrlDecoder().decode(parts.length == 3 ? parts[1] : "!");
      return new JobClaims(RestClient.JSON.readTree(new String(body, StandardCharsets.UTF_8)));
    } catch (IOException | IllegalArgumentException e) {
      throw MlopsException.failed(
          "NoJobToken",
          "What GitHub answered to the job is no token",
          "Check that nothing between the runner and GitHub answers in its place, such as a"
              + " proxy.");
    }
  }

  public String issuer() {
    return text(ISSUER);
  }

  public String subject() {
    return text(SUBJECT);
  }

  public String audience() {
    return text(AUDIENCE);
  }

  /** As the workflow spells it; empty where the job has none. */
  public String environment() {
    return text("environment");
  }

  public String repository() {
    return text("repository");
  }

  public Instant expires() {
    return Instant.ofEpochSecond(all.path("exp").asLong());
  }

  /** By name, those that matter. */
  public Map<String, String> shown() {
    Map<String, String> shown = new LinkedHashMap<>();
    SHOWN.stream().filter(all::has).forEach(name -> shown.put(name, text(name)));
    return shown;
  }

  private String text(String name) {
    JsonNode claim = all.path(name);
    return claim.isArray() ? claim.path(0).asText() : claim.asText();
  }
}
