package mlops.emulator.keyvault;

import java.util.List;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/** {@code /deletedsecrets} of a vault: what can be recovered until it is purged. */
final class DeletedSecrets {
  private final SecretFiles files;

  DeletedSecrets(SecretFiles files) {
    this.files = files;
  }

  Response list(Vault vault, Request request) {
    SecretDocuments documents = SecretDocuments.of(vault, request);
    List<StoredSecret> deleted =
        files.all(vault).stream().filter(StoredSecret::wasDeleted).toList();
    return SecretPage.of(request)
        .answer(request, deleted, StoredSecret::name, documents::deletedItem);
  }

  Response get(Vault vault, Request request) {
    StoredSecret secret = files.deleted(vault, request.parameter("name"));
    return Response.json(200, SecretDocuments.of(vault, request).deleted(secret));
  }

  Response recover(Vault vault, Request request) {
    String name = request.parameter("name");
    StoredSecret secret = files.write(vault, () -> files.deleted(vault, name).recovered());
    return Response.json(200, SecretDocuments.of(vault, request).bundle(secret, secret.latest()));
  }

  Response purge(Vault vault, Request request) {
    if (vault.isPurgeProtected()) {
      throw VaultErrors.purgeProtected(vault);
    }
    files.purge(vault, request.parameter("name"));
    return Response.empty(204);
  }
}
