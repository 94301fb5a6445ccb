package mlops.emulator.keyvault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/**
 * Backups of secrets: all versions as one sealed text, which any vault of the subscription takes.
 */
final class SecretBackups {
  private final SecretFiles files;
  private final BackupSeal seal;

  SecretBackups(SecretFiles files, BackupSeal seal) {
    this.files = files;
    this.seal = seal;
  }

  Response backup(Vault vault, Request request) {
    StoredSecret secret = files.live(vault, request.parameter("name"));
    byte[] content = Json.bytes(Json.MAPPER.valueToTree(secret));
    return Response.json(200, Json.object().put("value", seal.seal(content, subscription(vault))));
  }

  Response restore(Vault vault, Request request) {
    ObjectNode body = SecretChange.body(request);
    SecretChange.requireKnown(body, Set.of("value"), "");
    StoredSecret secret =
        seal.open(body.path("value").asText(), subscription(vault))
            .map(SecretBackups::parse)
            .orElseThrow(
                () ->
                    VaultErrors.badParameter(
                        "The backup cannot be restored: it is broken, or of another subscription."));
    files.write(
        vault,
        () -> {
          requireFree(vault, secret.name());
          return secret;
        });
    return Response.json(200, SecretDocuments.of(vault, request).bundle(secret, secret.latest()));
  }

  private void requireFree(Vault vault, String name) {
    Optional<StoredSecret> there = files.find(vault, name);
    if (there.isPresent()) {
      throw there.get().wasDeleted()
          ? VaultErrors.deletedButRecoverable(name)
          : new ApiException(
              409,
              "Conflict",
              "The secret %s exists in this key vault; a backup is restored where there is none of its name."
                  .formatted(name));
    }
  }

  private static StoredSecret parse(byte[] content) {
    try {
      return Json.MAPPER.readValue(content, StoredSecret.class);
    } catch (IOException e) {
      throw new IllegalStateException("a sealed backup holds no secret", e);
    }
  }

  private static String subscription(Vault vault) {
    return vault.id().split("/", 4)[2];
  }
}
