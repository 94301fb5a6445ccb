package mlops.steps.github.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A federated credential of an application, beside the token.
 *
 * @param application its display name
 * @param client its client id
 * @param name of the credential
 * @param differences none where it takes the token
 */
public record StoredCredential(
    String application,
    String client,
    String name,
    String subject,
    List<ClaimDifference> differences) {

  static StoredCredential of(JsonNode application, JsonNode credential, JobClaims claims) {
    String subject = credential.path("subject").asText();
    return new StoredCredential(
        application.path("displayName").asText(),
        application.path("appId").asText(),
        credential.path("name").asText(),
        subject,
        Stream.of(
                ClaimDifference.between(
                    "issuer", claims.issuer(), credential.path("issuer").asText()),
                ClaimDifference.between("subject", claims.subject(), subject),
                audience(credential, claims))
            .flatMap(d -> d)
            .toList());
  }

  private static Stream<ClaimDifference> audience(JsonNode credential, JobClaims claims) {
    List<String> taken = new ArrayList<>();
    credential.path("audiences").forEach(a -> taken.add(a.asText()));
    return taken.contains(claims.audience())
        ? Stream.empty()
        : ClaimDifference.between("audience", claims.audience(), String.join(", ", taken));
  }

  public boolean takesToken() {
    return differences.isEmpty();
  }
}
