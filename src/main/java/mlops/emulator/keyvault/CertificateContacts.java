package mlops.emulator.keyvault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import mlops.emulator.arm.type.KeyVaults;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.state.StateTree;

/**
 * {@code /certificates/contacts} of a vault: whom Key Vault would write to about certificates.
 * There are none to write about, but Terraform asks every vault for them.
 */
final class CertificateContacts {
  private static final Set<String> FIELDS = Set.of("email", "name", "phone");

  private final StateTree state;

  CertificateContacts(StateTree state) {
    this.state = state;
  }

  Response get(Vault vault, Request request) {
    return Response.json(200, find(vault));
  }

  Response set(Vault vault, Request request) {
    ObjectNode body = SecretChange.body(request);
    SecretChange.requireKnown(body, Set.of("contacts"), "");
    ObjectNode contacts = Json.object().put("id", vault.url() + "/certificates/contacts");
    ArrayNode kept = contacts.putArray("contacts");
    for (JsonNode contact : body.path("contacts")) {
      if (!(contact instanceof ObjectNode object) || !object.path("email").isTextual()) {
        throw VaultErrors.badParameter("Property contacts.email is required.");
      }
      SecretChange.requireKnown(object, FIELDS, "contacts.");
      kept.add(object);
    }
    if (kept.isEmpty()) {
      throw VaultErrors.badParameter("Property contacts is required.");
    }
    state.write(id(vault), contacts);
    return Response.json(200, contacts);
  }

  Response delete(Vault vault, Request request) {
    return state.exclusively(
        () -> {
          ObjectNode contacts = find(vault);
          state.delete(id(vault));
          return Response.json(200, contacts);
        });
  }

  private ObjectNode find(Vault vault) {
    return state
        .read(id(vault))
        .orElseThrow(() -> ApiException.notFound("ContactsNotFound", "Contacts not found"));
  }

  private static String id(Vault vault) {
    return KeyVaults.content(vault.name()) + "/contacts";
  }
}
