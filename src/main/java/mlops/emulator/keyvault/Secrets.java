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
        files
            .state()
            .exclusively(
                () -> {
                  Optional<StoredSecret> there = files.find(vault, name);
                  if (there.isPresent() && there.get().wasDeleted()) {
                    throw VaultErrors.deletedButRecoverable(name);
                  }
                  StoredSecret added =
                      there
                          .map(s -> s.add(version))
                          .orElseGet(() -> StoredSecret.of(name, List.of(version)));
                  files.write(vault, added);
                  return added;
                });
    return Response.json(200, SecretDocuments.of(vault, request).withValue(secret, version));
  }

  Response update(Vault vault, Request request) {
    SecretChange change = SecretChange.ofUpdate(request);
    return files
        .state()
        .exclusively(
            () -> {
              StoredSecret secret = live(vault, request);
              SecretVersion version = version(secret, request).with(change, files.now());
              StoredSecret updated = secret.replace(version);
              files.write(vault, updated);
              return Response.json(
                  200, SecretDocuments.of(vault, request).bundle(updated, version));
            });
  }

  Response delete(Vault vault, Request request) {
    return files
        .state()
        .exclusively(
            () -> {
              long now = files.now();
              long purge = now + vault.retentionDays() * 86_400L;
              StoredSecret deleted = live(vault, request).deleted(now, purge);
              files.write(vault, deleted);
              return Response.json(200, SecretDocuments.of(vault, request).deleted(deleted));
            });
  }

  private StoredSecret live(Vault vault, Request request) {
    String name = request.parameter("name");
    return files
        .find(vault, name)
        .filter(secret -> !secret.wasDeleted())
        .orElseThrow(() -> VaultErrors.secretNotFound(name));
  }

  private static SecretVersion version(StoredSecret secret, Request request) {
    String id = request.parameters().getOrDefault("version", "");
    return secret
        .version(id)
        .orElseThrow(() -> VaultErrors.secretNotFound(secret.name() + "/" + id));
  }
}
