package mlops.emulator.keyvault;

import java.util.List;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/** {@code /secrets} of a vault. */
final class Secrets {
  private final SecretFiles files;

  Secrets(SecretFiles files) {
    this.files = files;
  }

  Response list(Vault vault, Request request) {
    SecretDocuments documents = SecretDocuments.of(vault, request);
    List<StoredSecret> live =
        files.all(vault).stream().filter(secret -> !secret.wasDeleted()).toList();
    return SecretPage.of(request).answer(request, live, StoredSecret::name, documents::item);
  }

  Response listVersions(Vault vault, Request request) {
    SecretDocuments documents = SecretDocuments.of(vault, request);
    StoredSecret secret = live(vault, request);
    return SecretPage.of(request)
        .answer(request, secret.versions(), SecretVersion::id, v -> documents.item(secret, v));
  }

  Response get(Vault vault, Request request) {
    if (request.queryValue("outContentType").isPresent()) {
      throw ApiException.notImplemented(
          "The embedded Azure does not know outContentType, which converts the secrets of certificates.");
    }
    StoredSecret secret = live(vault, request);
    SecretVersion version = version(secret, request);
    if (!version.enabled()) {
      throw VaultErrors.secretDisabled();
    }
    return Response.json(200, SecretDocuments.of(vault, request).withValue(secret, version));
  }

  Response set(Vault vault, Request request) {
    String name = request.parameter("name");
    SecretVersion version = SecretChange.ofSet(request).first(files.now());
    StoredSecret secret =
        files.write(
            vault,
            () -> {
              Optional<StoredSecret> there = files.find(vault, name);
              if (there.isPresent() && there.get().wasDeleted()) {
                throw VaultErrors.deletedButRecoverable(name);
              }
              return there
                  .map(s -> s.add(version))
                  .orElseGet(() -> StoredSecret.of(name, List.of(version)));
            });
    return Response.json(200, SecretDocuments.of(vault, request).withValue(secret, version));
  }

  Response update(Vault vault, Request request) {
    SecretChange change = SecretChange.ofUpdate(request);
    StoredSecret updated =
        files.write(
            vault,
            () -> {
              StoredSecret secret = live(vault, request);
              return secret.replace(version(secret, request).with(change, files.now()));
            });
    return Response.json(
        200, SecretDocuments.of(vault, request).bundle(updated, version(updated, request)));
  }

  Response delete(Vault vault, Request request) {
    StoredSecret deleted =
        files.write(
            vault,
            () -> {
              long now = files.now();
              return live(vault, request).deleted(now, now + vault.retentionDays() * 86_400L);
            });
    return Response.json(200, SecretDocuments.of(vault, request).deleted(deleted));
  }

  private StoredSecret live(Vault vault, Request request) {
    return files.live(vault, request.parameter("name"));
  }

  private static SecretVersion version(StoredSecret secret, Request request) {
    String id = request.parameters().getOrDefault("version", "");
    return secret
        .version(id)
        .orElseThrow(() -> VaultErrors.secretNotFound(secret.name() + "/" + id));
  }
}
