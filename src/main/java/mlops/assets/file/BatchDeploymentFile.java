package mlops.assets.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import mlops.assets.field.AssetNames;
import mlops.assets.field.CodeField;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.LocalPath;
import mlops.assets.field.ReferenceFields;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourceDraft;
import mlops.assets.field.ResourcesField;
import mlops.assets.field.UnresolvedReference;
import mlops.yaml.YamlNode;

/** A batch deployment of a model: {@code az ml batch-deployment create --file}. */
public final class BatchDeploymentFile {
  private static final List<String> FIELDS =
      FieldNames.of(
          "$schema name endpoint_name description tags properties type model "
              + "code_configuration environment environment_variables compute "
              + "error_threshold retry_settings mini_batch_size logging_level "
              + "output_action output_file_name max_concurrency_per_instance resources "
              + "settings");
  private static final List<String> SETTINGS_FIELDS =
      FieldNames.of(
          "error_threshold retry_settings mini_batch_size logging_level "
              + "output_action output_file_name max_concurrency_per_instance "
              + "environment_variables");

  private static final EnumMapping ACTION =
      EnumMapping.of("append_row", "AppendRow", "summary_only", "SummaryOnly");
  private static final EnumMapping LOGGING = EnumMapping.same("info", "warning", "debug");
  private static final EnumMapping TYPE = EnumMapping.same("model", "pipeline");

  public static ResourceDraft draft(FileSection file) {
    YamlNode node = file.node();
    node.allow(FIELDS);
    node.at("type").ifPresent(TYPE::of);
    if (node.at("type").isPresent()) {
      node.required("compute");
    }
    return draft(file, properties(file));
  }

  /** Any batch deployment, with what is particular to its kind. */
  public static ResourceDraft draft(FileSection file, ObjectNode properties) {
    String endpoint =
        file.node().required("endpoint_name").flatMap(AssetNames.ENDPOINT::check).orElse("");
    RequestBody body =
        new RequestBody(file)
            .values("tags", "tags")
            .reference("location", new UnresolvedReference.Location())
            .set("properties", properties);
    String collection = "batchEndpoints/%s/deployments".formatted(endpoint);
    return ResourceDraft.named(collection, file.name(AssetNames.ENDPOINT), body.json());
  }

  private static ObjectNode properties(FileSection file) {
    RequestBody properties =
        new RequestBody(file)
            .text("description", "description")
            .with("model", "model", m -> ModelFile.id(file, m).map(ReferenceFields::asset));
    file.in("code_configuration")
        .ifPresent(code -> properties.set("codeConfiguration", code(code)));
    properties
        .with("environment", "environmentId", env -> EnvironmentFile.idOfNamed(file, env))
        .values("environment_variables", "environmentVariables")
        .values("properties", "properties")
        .with("compute", "compute", compute -> ReferenceFields.named(compute, "computes"));
    // newer files hold the fields of a model deployment below "settings"
    scoring(file, properties);
    file.in("settings").ifPresent(settings -> settings(settings, properties));
    return properties.json();
  }

  private static void settings(FileSection settings, RequestBody properties) {
    settings.node().allow(SETTINGS_FIELDS);
    RequestBody more =
        new RequestBody(settings)
            .with(
                "environment_variables",
                "environmentVariables",
                v -> v.asMap().map(YamlNode::json));
    scoring(settings, more);
    more.json().properties().forEach(f -> properties.set(f.getKey(), f.getValue()));
  }

  private static void scoring(FileSection source, RequestBody properties) {
    RequestBody body =
        new RequestBody(source)
            .integer("error_threshold", "errorThreshold", -1)
            .choice("logging_level", "loggingLevel", LOGGING)
            .integer("max_concurrency_per_instance", "maxConcurrencyPerInstance", 1)
            .integer("mini_batch_size", "miniBatchSize", 1)
            .choice("output_action", "outputAction", ACTION)
            .text("output_file_name", "outputFileName");
    source.in("retry_settings").ifPresent(retry -> body.set("retrySettings", retry(retry)));
    source
        .in("resources")
        .ifPresent(resources -> body.set("resources", ResourcesField.deployment(resources)));
    body.json().properties().forEach(f -> properties.set(f.getKey(), f.getValue()));
  }

  private static ObjectNode retry(FileSection retry) {
    retry.node().allow("max_retries", "timeout");
    return new RequestBody(retry)
        .integer("max_retries", "maxRetries", 0)
        .seconds("timeout", "timeout", 1)
        .json();
  }

  private static ObjectNode code(FileSection code) {
    code.node().allow("code", "scoring_script");
    RequestBody body =
        new RequestBody(code)
            .with("code", "codeId", folder -> CodeField.id(code, folder))
            .required("scoring_script", "scoringScript");
    code.node().at("scoring_script").ifPresent(script -> checkScript(code, script));
    return body.json();
  }

  private static void checkScript(FileSection code, YamlNode script) {
    Optional<String> name = script.asText();
    code.node()
        .at("code")
        .filter(c -> c.asText().filter(t -> !LocalPath.isRemote(t)).isPresent())
        .flatMap(c -> LocalPath.find(code, c))
        .filter(folder -> name.isPresent() && !Files.isRegularFile(folder.resolve(name.get())))
        .ifPresent(
            folder ->
                script.mistake(
                    "%s: there is no file %s in %s".formatted(script.name(), name.get(), folder),
                    ""));
  }

  private BatchDeploymentFile() {}
}
