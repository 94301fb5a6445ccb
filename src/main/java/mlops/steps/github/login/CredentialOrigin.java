package mlops.steps.github.login;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who made a federated credential, and when: Graph keeps no time for them, so it stands in the
 * description. By it a credential that is too new to work is told from a wrong one.
 */
public record CredentialOrigin(String environment, Instant made) {
  private static final Pattern DESCRIPTION =
      Pattern.compile("Jobs of the environment (.+), by mlops at (\\S{20})");

  public static CredentialOrigin of(String environment, Instant now) {
    return new CredentialOrigin(environment, now.truncatedTo(ChronoUnit.SECONDS));
  }

  /** That of a credential of Graph; empty where something else made it. */
  public static Optional<CredentialOrigin> of(JsonNode credential) {
    Matcher words = DESCRIPTION.matcher(credential.path("description").asText());
    return words.matches()
        ? Optional.of(new CredentialOrigin(words.group(1), Instant.parse(words.group(2))))
        : Optional.empty();
  }

  public String description() {
    return "Jobs of the environment %s, by mlops at %s".formatted(environment, made);
  }
}
