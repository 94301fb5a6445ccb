package mlops.project;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.project.JobNeeds.Need;
import mlops.project.ProjectFiles.Described;
import mlops.yaml.YamlNode;

/**
 * An environment that a project's model is promoted to: the one that its batch deployment is for. A
 * container and the data in it, which deployments do not speak of, get files of their own.
 *
 * @param missing is given what is left to do
 */
record ProjectTarget(
    String name,
    Described deployment,
    Optional<Described> endpoint,
    NeededAssets assets,
    String slug,
    List<String> missing) {

  /** Whether a deployment is of a model of the workspace. */
  static boolean deploysModel(Described deployment) {
    return named(deployment.content(), "model").isPresent();
  }

  /**
   * The environment.
   *
   * @param training what it is like where it says nothing else
   */
  ProjectDraft.Environment like(Map<String, String> training) {
    return new ProjectDraft.Environment(name, keys(training), List.of());
  }

  /** Whether a file becomes a part of it. */
  boolean takes(Described file) {
    return deployment.equals(file) || endpoint.filter(file::equals).isPresent();
  }

  private Map<String, String> keys(Map<String, String> training) {
    YamlNode content = deployment.content();
    String store = slug.replace('-', '_') + "_" + name;
    String place = "azureml://datastores/" + store + "/paths/";
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("workspace", "mlw-" + slug + "-" + name + "-{suffix}");
    keys.put("compute", file(content, "compute", FileKind.COMPUTE, training));
    keys.put("container", slug + "-" + name);
    keys.put("environment", file(content, "environment", FileKind.ENVIRONMENT, training));
    keys.put("model", named(content, "model").orElseThrow());
    keys.put("datastore", datastore(store).file());
    keys.put("data", data(place).file());
    keys.put("endpoint", endpoint.map(Described::path).orElseGet(() -> newEndpoint().file()));
    keys.put("endpoint_name", slug + "-" + name + "-{suffix}");
    keys.put("deployment", deployment.path());
    keys.put("input", place + "batch/");
    keys.put("output", place + "scores");
    missing.add(
        "what %s scores is not said: name files in its uploads, each with to: batch/"
            .formatted(name));
    return keys;
  }

  /** The file of what the deployment names; where it names none, that of the training. */
  private String file(
      YamlNode deployment, String key, FileKind kind, Map<String, String> training) {
    return named(deployment, key)
        .flatMap(name -> assets.of(new Need(kind, name)))
        .map(ProjectDraft.Asset::file)
        .orElseGet(() -> training.getOrDefault(key, ""));
  }

  private static Optional<String> named(YamlNode node, String key) {
    return node.text(key)
        .filter(text -> text.matches("azureml:[^:@/]+([:@][^/]+)?"))
        .map(text -> text.replaceFirst("^azureml:", "").replaceFirst("[:@].*", ""));
  }

  private ProjectDraft.Asset datastore(String store) {
    return assets.write(
        FileKind.DATASTORE,
        store,
        "name: " + store,
        "type: azure_blob",
        "account_name: account # that of the profile takes its place",
        "container_name: " + slug + "-" + name);
  }

  private ProjectDraft.Asset data(String place) {
    String batch = slug + "-" + name + "-batch";
    return assets.write(
        FileKind.DATA, batch, "name: " + batch, "type: uri_folder", "path: " + place + "batch/");
  }

  private ProjectDraft.Asset newEndpoint() {
    String own = slug + "-" + name;
    return assets.write(FileKind.BATCH_ENDPOINT, own, "name: " + own, "auth_mode: aad_token");
  }
}
