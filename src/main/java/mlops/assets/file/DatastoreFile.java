package mlops.assets.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.assets.field.AssetNames;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourceDraft;
import mlops.assets.field.UnsupportedField;

/** A datastore: {@code az ml datastore create --file}. */
public final class DatastoreFile {
  private static final EnumMapping TYPE =
      EnumMapping.of("azure_blob", "AzureBlob", "azure_data_lake_gen2", "AzureDataLakeGen2");
  private static final EnumMapping OTHER =
      EnumMapping.same("azure_file", "azure_data_lake_gen1", "hdfs", "one_lake");

  public static ResourceDraft draft(FileSection file) {
    if (UnsupportedField.refuses(file.node(), "type", OTHER)) {
      return ResourceDraft.named("datastores", "", RequestBody.object());
    }
    Optional<String> type =
        file.node().required("type").flatMap(node -> UnsupportedField.check(node, OTHER, TYPE));
    ObjectNode body = type.map(t -> body(file, t)).orElseGet(RequestBody::object);
    return ResourceDraft.named("datastores", file.name(AssetNames.DATASTORE), body);
  }

  private static ObjectNode body(FileSection file, String type) {
    boolean blob = type.equals("AzureBlob");
    String container = blob ? "container_name" : "filesystem";
    List<String> fields =
        FieldNames.of(
            "$schema name type description tags account_name endpoint protocol credentials "
                + container);
    file.node().allow(fields);
    RequestBody properties =
        new RequestBody(file)
            .text("description", "description")
            .texts("tags", "tags")
            .put("datastoreType", type)
            .required("account_name", "accountName")
            .required(container, blob ? "containerName" : "filesystem")
            .text("endpoint", "endpoint", "core.windows.net")
            .text("protocol", "protocol", "https")
            .set(
                "credentials",
                file.in("credentials")
                    .map(DatastoreCredentials::of)
                    .orElseGet(DatastoreCredentials::none));
    return RequestBody.object().set("properties", properties.json());
  }

  private DatastoreFile() {}
}
