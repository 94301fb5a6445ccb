package mlops.steps.scoring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import mlops.assets.content.Snapshot;
import mlops.assets.content.Upload;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** What is to be scored lies where the endpoint can read it. A local file or folder is uploaded. */
final class ScoringInputStep implements Step {
  private static final String DATASTORE = "workspaceblobstore";

  private final Workspace workspace;
  private final String given;
  private final ScoringEndpoint endpoint;
  private final Output<ScoringInput> input;

  /**
   * @param given a URI, {@code azureml:name:version}, {@code azureml:name@latest}, or a local path
   * @param endpoint what is to score it; where a stage above promotes, it makes the datastore too,
   *     so that a plan need not find either
   * @param input is given where it lies
   */
  ScoringInputStep(ScoringEndpoint endpoint, String given, Output<ScoringInput> input) {
    this.workspace = endpoint.workspace();
    this.endpoint = endpoint;
    this.given = given;
    this.input = input;
  }

  @Override
  public String describe() {
    return "input " + given;
  }

  @Override
  public Change check() {
    if (!isLater()) {
      requireScorer();
    }
    if (given.startsWith("azureml://") || given.startsWith("https://")) {
      return remote();
    }
    if (given.startsWith("azureml:")) {
      return asset(given.substring("azureml:".length()));
    }
    Upload upload = local();
    if (workspace.find().isEmpty()) {
      return Change.create("to upload");
    }
    int missing = missing(upload).size();
    if (missing > 0) {
      return Change.create(missing == 1 ? "1 file to upload" : missing + " files to upload");
    }
    input.set(uploaded(upload));
    return Change.none("there already");
  }

  private boolean isLater() {
    return endpoint.promoted().isPresent();
  }

  /** Nothing is uploaded where nothing could score it. */
  private void requireScorer() {
    if (workspace.find().isEmpty()) {
      throw MlopsException.failed(
          "WorkspaceNotFound",
          "workspace %s does not exist".formatted(workspace.name()),
          "Create it first: mlops bootstrap, then mlops promote");
    }
    endpoint.deployment();
  }

  /** What is not uploaded yet. Its place is named after its content, so its name is enough. */
  private List<Snapshot.Entry> missing(Upload upload) {
    List<Snapshot.Entry> files = upload.snapshot().files();
    if (upload.snapshot().isFile()) {
      return files().exists(place(upload.path())) ? List.of() : files;
    }
    Set<String> there = Set.copyOf(files().list(place(upload.path())));
    return files.stream().filter(entry -> !there.contains(entry.name())).toList();
  }

  /** Where it can be seen, what is there decides; else a name with a dot is that of a file. */
  private Change remote() {
    Optional<DatastoreUri> place = DatastoreUri.parse(given);
    boolean exists = workspace.find().isPresent();
    boolean visible =
        place.isPresent()
            && exists
            && workspace.find("datastores/" + place.get().datastore()).isPresent();
    if (place.isPresent() && exists && !visible && !isLater()) {
      throw MlopsException.failed(
          "DatastoreNotFound",
          "workspace %s has no datastore %s".formatted(workspace.name(), place.get().datastore()),
          "Promote first (mlops promote), or name another --input.");
    }
    String last = given.substring(given.lastIndexOf('/'));
    boolean isFolder = visible ? !files().exists(place.get()) : !last.contains(".");
    if (visible && isFolder && files().list(place.get()).isEmpty()) {
      throw MlopsException.failed(
          "InputNotFound",
          "there is nothing to score at " + given,
          "Upload it first (mlops bootstrap puts the sample there), or name another --input.");
    }
    input.set(new ScoringInput(given, isFolder));
    return Change.none(visible ? "there already" : isLater() ? "there by then" : "taken as it is");
  }

  private Change asset(String reference) {
    if (workspace.find().isEmpty()) {
      return Change.run("its workspace does not exist yet");
    }
    boolean latest = reference.endsWith("@latest");
    int split = latest ? reference.lastIndexOf('@') : reference.lastIndexOf(':');
    String name = ArmIds.given("--input", split < 0 ? reference : reference.substring(0, split));
    Optional<ObjectNode> found =
        latest || split < 0
            ? workspace.latest("data", name)
            : workspace.find("data/%s/versions/%s".formatted(name, reference.substring(split + 1)));
    ObjectNode asset =
        found.orElseThrow(
            () ->
                MlopsException.failed(
                    "DataAssetNotFound",
                    "workspace %s has no data asset %s".formatted(workspace.name(), reference),
                    "Promote first (mlops promote), or name another --input."));
    String type = asset.path("properties").path("dataType").asText();
    input.set(
        new ScoringInput(
            asset.path("properties").path("dataUri").asText(), !type.equalsIgnoreCase("uri_file")));
    return Change.none("version " + asset.path("name").asText());
  }

  @Override
  public void apply(StepMessages messages) {
    Upload upload = local();
    for (Snapshot.Entry entry : missing(upload)) {
      files().upload(entry.file(), place(upload.blob(entry)));
    }
    input.set(uploaded(upload));
  }

  private static ScoringInput uploaded(Upload upload) {
    return new ScoringInput(place(upload.path()).toString(), !upload.snapshot().isFile());
  }

  /** Reads all of it for its hash, which its place is named after: once is enough. */
  private Upload local() {
    Path path = path();
    if (!Files.exists(path)) {
      throw MlopsException.invalid(
          "--input %s is neither a file or folder here nor a URI".formatted(given),
          "Give a path that exists, azureml://…, https://… or azureml:NAME@latest.");
    }
    Snapshot snapshot = snapshot(path);
    if (snapshot.files().isEmpty()) {
      throw MlopsException.invalid(
          "--input %s has no files to score".formatted(given),
          "What .amlignore and .gitignore name does not count.");
    }
    return new Upload(DATASTORE, snapshot.uploadPath(), snapshot);
  }

  private Snapshot snapshot(Path path) {
    try {
      return Snapshot.of(path);
    } catch (MlopsException e) {
      throw MlopsException.invalid(
          "--input %s: %s".formatted(given, e.message()), capital(e.hint()) + ".");
    }
  }

  private Path path() {
    try {
      return Path.of(given);
    } catch (InvalidPathException e) {
      throw MlopsException.invalid(
          "--input %s is no path: %s".formatted(given, e.getReason()), "Give a path that exists.");
    }
  }

  private static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static DatastoreUri place(String path) {
    return new DatastoreUri(DATASTORE, path);
  }

  private DatastoreFiles files() {
    return new DatastoreFiles(workspace);
  }
}
