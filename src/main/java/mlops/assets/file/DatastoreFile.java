package mlops.assets.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.assets.field.AssetNames;
import mlops.assets.field.Body;
import mlops.assets.field.Draft;
import mlops.assets.field.EnumWords;
import mlops.assets.field.FieldNames;
import mlops.assets.field.NotBuilt;
import mlops.assets.field.Source;

/** A datastore: {@code az ml datastore create --file}. */
public final class DatastoreFile {
  private static final EnumWords TYPE =
      EnumWords.of("azure_blob", "AzureBlob", "azure_data_lake_gen2", "AzureDataLakeGen2");
  private static final EnumWords OTHER =
      EnumWords.same("azure_file", "azure_data_lake_gen1", "hdfs", "one_lake");

  public static Draft draft(Source file) {
    Optional<String> type =
        file.node().required("type").flatMap(node -> NotBuilt.check(node, OTHER, TYPE));
    ObjectNode body = type.map(t -> body(file, t)).orElseGet(Body::object);
    return Draft.named("datastores", file.name(AssetNames.DATASTORE), body);
  }

  private static ObjectNode body(Source file, String type) {
    boolean blob = type.equals("AzureBlob");
    String container = blob ? "container_name" : "filesystem";
    List<String> fields =
        FieldNames.of(
            "$schema name type description tags account_name endpoint protocol credentials "
                + container);
    file.node().allow(fields);
    Body properties =
        new Body(file)
            .text("description", "description")
            .texts("tags", "tags")
            .put("datastoreType", type)
            .required("account_name", "accountName")
            .required(container, blob ? "containerName" : "filesystem")
            .text("endpoint", "endpoint", "core.windows.net")
            .text("protocol", "protocol", "https")
            .set(
                "credentials",
                file.in("credentials").map(Credentials::of).orElseGet(Credentials::none));
    return Body.object().set("properties", properties.json());
  }

  private DatastoreFile() {}
}
