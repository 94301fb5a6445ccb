package mlops.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mlops.project.PowerShellText.Command;

/** The environments of the guide, from the files in its folders and the commands in its README. */
final class GuideEnvironments {
  private static final String DATASTORE = "azureml://datastores/%s/paths/";

  private final Path folder;
  private final PowerShellText guide;
  private final List<String> missing;

  /**
   * @param missing is given what is not there
   */
  GuideEnvironments(Path folder, PowerShellText guide, List<String> missing) {
    this.folder = folder;
    this.guide = guide;
    this.missing = missing;
  }

  ProjectDraft.Environment dev(String workspace) {
    AzureMlFiles files = new AzureMlFiles(folder, "dev", missing);
    Map<String, String> keys = common("dev", workspace, files);
    String container = devContainer();
    keys.put("container", container);
    AzureMlFiles.Found pipeline = files.require("pipelineJob", "commandJob");
    keys.put("pipeline", pipeline.path());
    keys.put("model", model(pipeline));
    return new ProjectDraft.Environment("dev", keys, uploads(container));
  }

  ProjectDraft.Environment target(String name, String workspace) {
    AzureMlFiles files = new AzureMlFiles(folder, name, missing);
    Map<String, String> keys = common(name, workspace, files);
    AzureMlFiles.Found datastore = files.require("azureBlob");
    AzureMlFiles.Found data = files.require("data");
    AzureMlFiles.Found endpoint = files.require("batchEndpoint");
    AzureMlFiles.Found deployment = files.require("batchDeployment");
    String container = datastore.text("container_name");
    keys.put("container", container);
    keys.put(
        "model", deployment.text("model").replaceFirst("^azureml:", "").replaceFirst("[:@].*", ""));
    keys.put("datastore", datastore.path());
    keys.put("data", data.path());
    keys.put("endpoint", endpoint.path());
    keys.put("endpoint_name", endpointName(name, endpoint));
    keys.put("deployment", deployment.path());
    Optional<Command> invoke = invocation(deployment.text("name"));
    keys.put("input", invoke.flatMap(c -> c.option("--input")).orElseGet(() -> data.text("path")));
    keys.put(
        "output",
        invoke
            .flatMap(c -> c.option("--output-path"))
            .orElseGet(() -> DATASTORE.formatted(datastore.text("name")) + "output"));
    return new ProjectDraft.Environment(name, keys, uploads(container));
  }

  private Map<String, String> common(String name, String workspace, AzureMlFiles files) {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("workspace", workspace);
    guide.commands("az", "ml", "workspace", "create").stream()
        .filter(c -> c.option("--name", "-n").filter(workspace::equals).isPresent())
        .findFirst()
        .flatMap(c -> c.option("--display-name"))
        .ifPresent(display -> keys.put("display_name", display));
    keys.put("compute", new AzureMlFiles(folder, "compute", missing).named(name));
    keys.put("environment", files.require("environment").path());
    return keys;
  }

  /** The container of the README that is neither that of test nor that of prod. */
  private String devContainer() {
    Set<String> others =
        List.of("test", "prod").stream()
            .flatMap(name -> new AzureMlFiles(folder, name, missing).find("azureBlob").stream())
            .map(found -> found.text("container_name"))
            .collect(Collectors.toSet());
    return guide.commands("az", "storage", "container", "create").stream()
        .flatMap(c -> c.option("--name", "-n").stream())
        .filter(container -> !others.contains(container))
        .findFirst()
        .orElse("mlops-dev");
  }

  /** The name under which a step of the pipeline registers its model. */
  private String model(AzureMlFiles.Found pipeline) {
    Optional<String> name = ModelName.of(pipeline.content());
    if (name.isPresent()) {
      return name.get();
    }
    if (!pipeline.path().isEmpty()) {
      missing.add(
          pipeline.path()
              + " names no model: neither an input model_name nor an output of a model type");
    }
    return "";
  }

  private String endpointName(String name, AzureMlFiles.Found endpoint) {
    String written = guide.expand(endpoint.text("name"));
    return written.contains("$") ? "endpoint-" + name + "-{suffix}" : written;
  }

  private Optional<Command> invocation(String deployment) {
    return guide.commands("az", "ml", "batch-endpoint", "invoke").stream()
        .filter(c -> c.option("--deployment-name", "-d").filter(deployment::equals).isPresent())
        .findFirst();
  }

  /** What the README uploads into a container, where the file is there. */
  private List<ProjectDraft.Upload> uploads(String container) {
    return guide.commands("az", "storage").stream()
        .filter(c -> c.words().contains("upload"))
        .filter(
            c ->
                c.option("-c", "--container-name", "--container")
                    .filter(container::equals)
                    .isPresent())
        .flatMap(c -> upload(c).stream())
        .distinct()
        .toList();
  }

  private Optional<ProjectDraft.Upload> upload(Command command) {
    Optional<String> file = command.option("-s", "--source", "-f", "--file");
    Optional<String> to = command.option("-d", "--destination", "-n", "--name");
    return file.filter(f -> Files.isRegularFile(folder.resolve(f)))
        .flatMap(f -> to.map(t -> new ProjectDraft.Upload(f, t)));
  }
}
