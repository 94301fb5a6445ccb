package mlops.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import mlops.error.MlopsException;

/**
 * Who runs the command, as the access token says: no directory needs to be asked.
 *
 * @param objectId the directory object that role assignments name
 * @param type {@code User} or {@code ServicePrincipal}
 * @param tenant the directory that it is of
 * @param name as people know it: the sign-in name of a user, the client id of an application
 */
public record SignedInPrincipal(String objectId, String type, String tenant, String name) {

  static SignedInPrincipal by(TokenCredential credential) {
    AccessToken token =
        credential.getTokenSync(
            new TokenRequestContext().addScopes("https://management.azure.com/.default"));
    JsonNode claims = claims(token.getToken());
    String objectId = claims.path("oid").asText();
    if (objectId.isEmpty()) {
      throw MlopsException.failed(
          "NoObjectId",
          "the access token does not say who you are (no oid claim), so no role can be given to"
              + " you",
          "Sign in as a user or a service principal of the tenant: az login");
    }
    boolean app =
        claims.path("idtyp").asText().equals("app")
            || (!claims.has("idtyp") && !claims.has("upn") && !claims.has("unique_name"));
    return new SignedInPrincipal(
        objectId,
        app ? "ServicePrincipal" : "User",
        claims.path("tid").asText(),
        name(claims, objectId));
  }

  private static String name(JsonNode claims, String objectId) {
    for (String claim : List.of("upn", "unique_name", "preferred_username", "appid")) {
      if (claims.hasNonNull(claim)) {
        return claims.path(claim).asText();
      }
    }
    return objectId;
  }

  private static JsonNode claims(String token) {
    String[] parts = token.split("\\.", -1);
    try {
      return parts.length < 2
          ? RestClient.JSON.missingNode()
          : RestClient.JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
    } catch (IOException e) {
      throw new UncheckedIOException("the access token is not a JWT", e);
    }
  }
}
