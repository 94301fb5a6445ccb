package mlops.assets.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.assets.field.AssetNames;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourceDraft;
import mlops.assets.field.UnresolvedReference;
import mlops.assets.field.UnsupportedField;
import mlops.yaml.YamlNode;

/**
 * Data from a database or a file system elsewhere, {@code az ml data import --file}: a pipeline of
 * one job, whose output becomes a version of the data asset.
 */
public final class DataImportFile {
  private static final List<String> FIELDS =
      FieldNames.of(
          "$schema name version description tags properties type path source id "
              + "auto_delete_setting datastore");
  private static final EnumMapping SOURCE = EnumMapping.same("database", "file_system");
  private static final String NAME = "${{name}}";

  public static ResourceDraft draft(FileSection file) {
    YamlNode node = file.node();
    node.allow(FIELDS);
    UnsupportedField.fields(node, "id", "auto_delete_setting", "datastore");
    String asset = file.name(AssetNames.ASSET);
    String name = "data_import_" + asset;
    ObjectNode settings = RequestBody.object().put("force_rerun", true).put("_source", "CLASS");
    RequestBody properties =
        new RequestBody(file)
            .put("jobType", "Pipeline")
            .put("displayName", name)
            .put("experimentName", name)
            .put("isArchived", false)
            .text("description", "description", name)
            .values("tags", "tags")
            .values("properties", "properties")
            .set("settings", settings)
            .set("jobs", RequestBody.object().set(name, job(file, name, asset)));
    ((ObjectNode) properties.json().path("properties"))
        .put("azureml.materializationAssetName", asset);
    return ResourceDraft.named(
        "jobs", "", RequestBody.object().set("properties", properties.json()));
  }

  private static JsonNode job(FileSection file, String name, String asset) {
    RequestBody job =
        new RequestBody(file)
            .put("type", "data_transfer")
            .put("task", "import_data")
            .put("display_name", name)
            .put("_source", "BUILTIN")
            .reference("computeId", new UnresolvedReference.Named("computes", "serverless"));
    file.node()
        .required("source")
        .flatMap(YamlNode::asMap)
        .map(file::at)
        .ifPresent(source -> source(source, job));
    RequestBody sink = new RequestBody(file).put("job_output_type", type(file)).put("name", asset);
    sink.text("version", "version");
    file.node()
        .required("path")
        .flatMap(YamlNode::asText)
        .ifPresent(path -> sink.put("uri", uri(path)));
    return job.set("outputs", RequestBody.object().set("sink", sink.json())).json();
  }

  /** A table from a database, files from a file system. */
  private static String type(FileSection file) {
    boolean database =
        file.in("source")
            .flatMap(s -> s.node().text("type"))
            .filter("database"::equals)
            .isPresent();
    return database ? "mltable" : "uri_folder";
  }

  private static void source(FileSection source, RequestBody job) {
    YamlNode node = source.node();
    node.allow(
        "type", "query", "stored_procedure", "stored_procedure_params", "path", "connection");
    UnsupportedField.fields(node, "stored_procedure", "stored_procedure_params");
    node.required("type")
        .flatMap(SOURCE::of)
        .ifPresent(
            type -> {
              String component =
                  "azureml://registries/azureml/components/import_data_%s/versions/0.0.1";
              job.put("componentId", component.formatted(type));
            });
    job.set(
        "source",
        new RequestBody(source)
            .choice("type", "type", SOURCE)
            .text("query", "query")
            .text("path", "path")
            .required("connection", "connection")
            .json());
  }

  /** In the datastore that Azure itself looks after, only Azure says where. */
  private static String uri(String path) {
    String below = path.replaceFirst("/$", "");
    if (below.endsWith("/workspacemanageddatastore")) {
      below = below + "/paths";
    }
    return below.contains(NAME) ? below : below + "/" + NAME;
  }

  private DataImportFile() {}
}
