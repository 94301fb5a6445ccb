package mlops.emulator.login;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import mlops.emulator.login.directory.FederatedCredential;
import mlops.emulator.login.token.GitHubOidcIssuer;
import mlops.emulator.login.token.Tokens;

/** Checks the token of another issuer that a client shows in place of a secret. */
final class FederatedLogin {
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private final Tokens tokens;
  private final Clock clock;

  FederatedLogin(Tokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * Asks that one federated credential of the client is for this token.
   *
   * @throws mlops.emulator.http.ApiException invalid_client, saying which of issuer, signature,
   *     time, subject and audience is wrong
   */
  void require(ClientApplications.Client client, String assertion) {
    JsonNode claims = Tokens.claimed(assertion).orElseThrow(AuthErrors::brokenAssertion);
    String issuer = claims.path("iss").asText();
    String subject = claims.path("sub").asText();
    List<FederatedCredential> known =
        matching(client.federations(), f -> f.issuer().equals(issuer));
    if (known.isEmpty()) {
      throw AuthErrors.noFederation(700211, "issuer", issuer);
    }
    if (!issuer.equals(GitHubOidcIssuer.ISSUER)) {
      throw AuthErrors.unreachableIssuer(issuer);
    }
    if (tokens.signed(assertion).isEmpty()) {
      throw AuthErrors.assertionSignature();
    }
    requireTime(claims);
    List<FederatedCredential> named = matching(known, f -> f.subject().equals(subject));
    if (named.isEmpty()) {
      throw matching(known, f -> f.subject().equalsIgnoreCase(subject)).isEmpty()
          ? AuthErrors.noFederation(700213, "subject", subject)
          : AuthErrors.subjectCase(subject);
    }
    String audience = claims.path("aud").asText();
    if (matching(named, f -> f.audiences().contains(audience)).isEmpty()) {
      throw AuthErrors.noFederation(700212, "audience", audience);
    }
  }

  private void requireTime(JsonNode claims) {
    Instant now = clock.instant();
    Instant from = Instant.ofEpochSecond(claims.path("nbf").asLong());
    Instant expiry = Instant.ofEpochSecond(claims.path("exp").asLong());
    if (expiry.isBefore(now.minus(CLOCK_SKEW)) || from.isAfter(now.plus(CLOCK_SKEW))) {
      throw AuthErrors.assertionTime(now, from, expiry);
    }
  }

  private static List<FederatedCredential> matching(
      List<FederatedCredential> all, Predicate<FederatedCredential> wanted) {
    return all.stream().filter(wanted).toList();
  }
}
