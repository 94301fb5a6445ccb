package mlops.assets.field;

import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.yaml.YamlNode;

/** Managed identities in files. */
public final class IdentityField {
  private static final EnumMapping RESOURCE =
      EnumMapping.of(
          "system_assigned", "SystemAssigned",
          "user_assigned", "UserAssigned",
          "system_assigned,user_assigned", "SystemAssigned,UserAssigned",
          "none", "None");
  private static final EnumMapping JOB =
      EnumMapping.of(
          "managed", "Managed",
          "managed_identity", "Managed",
          "aml_token", "AMLToken",
          "user_identity", "UserIdentity");

  /** The identity of a compute or endpoint. */
  public static ObjectNode resource(FileSection identity) {
    identity.node().allow("type", "user_assigned_identities");
    ObjectNode json = new RequestBody(identity).choice("type", "type", RESOURCE).json();
    identity.node().required("type");
    ObjectNode assigned = RequestBody.object();
    for (YamlNode item : identity.node().list("user_assigned_identities")) {
      item.asMap()
          .ifPresent(
              map -> {
                map.allow("resource_id");
                map.required("resource_id")
                    .flatMap(YamlNode::asText)
                    .ifPresent(id -> assigned.set(id, RequestBody.object()));
              });
    }
    boolean needed = json.path("type").asText().contains("UserAssigned");
    if (needed && assigned.isEmpty()) {
      identity.node().required("user_assigned_identities");
    }
    if (!assigned.isEmpty()) {
      json.set("userAssignedIdentities", assigned);
    }
    return json;
  }

  /** The identity that a job runs as. */
  public static ObjectNode job(FileSection identity) {
    identity.node().allow("type", "client_id", "object_id", "msi_resource_id");
    identity.node().required("type");
    return new RequestBody(identity)
        .choice("type", "identityType", JOB)
        .text("client_id", "clientId")
        .text("object_id", "objectId")
        .text("msi_resource_id", "resourceId")
        .json();
  }

  /** The same in a job of a pipeline. */
  public static ObjectNode node(FileSection identity) {
    job(identity);
    return new RequestBody(identity)
        .choice("type", "identity_type", JOB)
        .text("client_id", "client_id")
        .text("object_id", "object_id")
        .text("msi_resource_id", "msi_resource_id")
        .json();
  }

  private IdentityField() {}
}
