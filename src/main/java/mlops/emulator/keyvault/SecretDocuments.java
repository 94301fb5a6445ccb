package mlops.emulator.keyvault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;

/** Secrets as Key Vault shows them. */
record SecretDocuments(Vault vault, VaultVersion shape) {

  static SecretDocuments of(Vault vault, Request request) {
    return new SecretDocuments(vault, VaultVersion.of(request));
  }

  /** {@code SecretBundle} with the value. */
  ObjectNode withValue(StoredSecret secret, SecretVersion version) {
    ObjectNode bundle = Json.object().put("value", version.value());
    bundle.setAll(bundle(secret, version));
    return bundle;
  }

  /** {@code SecretBundle} without the value. */
  ObjectNode bundle(StoredSecret secret, SecretVersion version) {
    ObjectNode bundle = item(secret, version);
    if (shape.hasPreviousVersion()) {
      secret.before(version).ifPresent(before -> bundle.put("previousVersion", before));
    }
    return bundle;
  }

  /** {@code SecretItem} of a secret: its latest version, whose id is that of the secret. */
  ObjectNode item(StoredSecret secret) {
    return document(id(secret), secret.latest());
  }

  /** {@code SecretItem} of a version. */
  ObjectNode item(StoredSecret secret, SecretVersion version) {
    return document(id(secret) + "/" + version.id(), version);
  }

  /** {@code DeletedSecretBundle}. */
  ObjectNode deleted(StoredSecret secret) {
    return deletion(secret, bundle(secret, secret.latest()));
  }

  /** {@code DeletedSecretItem}. */
  ObjectNode deletedItem(StoredSecret secret) {
    return deletion(secret, item(secret));
  }

  private ObjectNode deletion(StoredSecret secret, ObjectNode document) {
    ObjectNode deletion =
        Json.object().put("recoveryId", vault.url() + "/deletedsecrets/" + secret.name());
    deletion.put("deletedDate", secret.deleted());
    deletion.put("scheduledPurgeDate", secret.purge());
    deletion.setAll(document);
    return deletion;
  }

  private String id(StoredSecret secret) {
    return vault.url() + "/secrets/" + secret.name();
  }

  private ObjectNode document(String id, SecretVersion version) {
    ObjectNode document = Json.object();
    if (version.contentType() != null) {
      document.put("contentType", version.contentType());
    }
    document.put("id", id);
    ObjectNode attributes = document.putObject("attributes").put("enabled", version.enabled());
    if (version.notBefore() != null) {
      attributes.put("nbf", version.notBefore());
    }
    if (version.expires() != null) {
      attributes.put("exp", version.expires());
    }
    attributes.put("created", version.created()).put("updated", version.updated());
    attributes.put("recoveryLevel", vault.recoveryLevel());
    if (shape.hasRecoverableDays()) {
      attributes.put("recoverableDays", vault.retentionDays());
    }
    if (version.tags() != null) {
      document.set("tags", Json.MAPPER.valueToTree(version.tags()));
    }
    return document;
  }
}
