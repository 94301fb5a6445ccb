package mlops.emulator.keyvault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A vault as its data plane needs it: the document of the resource. */
record Vault(ObjectNode resource) {
  private static final int LONGEST_RETENTION = 90;

  String id() {
    return resource.path("id").asText();
  }

  String name() {
    return resource.path("name").asText();
  }

  /** Where its objects are, without a slash at the end. */
  String url() {
    return property("vaultUri").asText().replaceFirst("/$", "");
  }

  /** How it is named in refusals: {@code name;location=region}. */
  String described() {
    return name() + ";location=" + resource.path("location").asText();
  }

  JsonNode property(String name) {
    return resource.path("properties").path(name);
  }

  boolean isByRoles() {
    return property("enableRbacAuthorization").asBoolean();
  }

  /** For how many days a deleted secret can be recovered. */
  int retentionDays() {
    return property("softDeleteRetentionInDays").asInt(LONGEST_RETENTION);
  }

  boolean isPurgeProtected() {
    return property("enablePurgeProtection").asBoolean();
  }

  /** What can be done about a deleted secret, as attributes of all secrets say. */
  String recoveryLevel() {
    String level = retentionDays() < LONGEST_RETENTION ? "CustomizedRecoverable" : "Recoverable";
    return isPurgeProtected() ? level : level + "+Purgeable";
  }
}
