package mlops.assets.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.assets.field.AssetNames;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.IdentityField;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourceDraft;
import mlops.assets.field.UnresolvedReference;

/** A batch endpoint: {@code az ml batch-endpoint create --file}. */
public final class BatchEndpointFile {
  private static final List<String> FIELDS =
      FieldNames.of(
          "$schema name description tags properties auth_mode defaults identity " + "location");

  private static final EnumMapping AUTH =
      EnumMapping.of("aad_token", "aadToken", "key", "key", "aml_token", "amlToken");

  public static ResourceDraft draft(FileSection file) {
    file.node().allow(FIELDS);
    RequestBody properties =
        new RequestBody(file)
            .put("authMode", "aadToken")
            .choice("auth_mode", "authMode", AUTH)
            .text("description", "description")
            .values("properties", "properties");
    file.in("defaults").ifPresent(defaults -> properties.set("defaults", defaults(defaults)));
    RequestBody body =
        new RequestBody(file)
            .values("tags", "tags")
            .reference("location", new UnresolvedReference.Location())
            .text("location", "location")
            .set("properties", properties.json());
    file.in("identity").ifPresent(i -> body.set("identity", IdentityField.resource(i)));
    return ResourceDraft.named("batchEndpoints", file.name(AssetNames.ENDPOINT), body.json());
  }

  private static ObjectNode defaults(FileSection defaults) {
    defaults.node().allow("deployment_name");
    return new RequestBody(defaults).text("deployment_name", "deploymentName").json();
  }

  private BatchEndpointFile() {}
}
