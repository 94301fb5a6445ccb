package mlops.emulator.login.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A federated identity credential: the tokens of which issuer, for whom, to whom. */
public record FederatedCredential(String issuer, String subject, List<String> audiences) {

  /** From a document of Microsoft Graph, or from one of a user-assigned identity. */
  public static FederatedCredential of(ObjectNode document) {
    JsonNode fields = document.has("properties") ? document.path("properties") : document;
    List<String> audiences = new ArrayList<>();
    fields.path("audiences").forEach(a -> audiences.add(a.asText()));
    return new FederatedCredential(
        fields.path("issuer").asText(), fields.path("subject").asText(), audiences);
  }
}
