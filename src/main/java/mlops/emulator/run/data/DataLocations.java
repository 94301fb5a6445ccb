package mlops.emulator.run.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mlops.emulator.blob.published.PublicData;
import mlops.emulator.blob.published.PublicUrl;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.ml.asset.AssetUris;
import mlops.emulator.ml.asset.PendingUploads;
import mlops.emulator.ml.resource.RegistryIds;
import mlops.emulator.ml.workspace.DefaultDatastores;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.state.StateTree;

/** Turns the URIs that jobs name their data by into places in storage. */
public final class DataLocations {
  private static final Pattern DATASTORE =
      Pattern.compile(
          "azureml://(?:subscriptions/([^/]+)/resourcegroups/([^/]+)/(?:providers/[^/]+/)?workspaces/([^/]+)/)?datastores/([^/]+)(?:/paths(?:/(.*))?|/(ExperimentRun/.*))?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern JOB_OUTPUT =
      Pattern.compile(
          "(?:azureml://)(?:jobs/)([^/]+)/outputs/([^/]+)(?:/paths(?:/(.*))?)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ARTIFACT =
      Pattern.compile("(?:runs:|azureml://runs)/([^/]+)/(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern HTTPS =
      Pattern.compile("https://([^./]+)\\.(?:blob|dfs)\\.core\\.windows\\.net/([^/?]+)/?([^?]*).*");
  private static final Pattern WASBS =
      Pattern.compile(
          "(?:wasbs?|abfss?)://([^@]+)@([^./]+)\\.(?:blob|dfs)\\.core\\.windows\\.net/?(.*)");

  private final StateTree state;
  private final WorkspaceAssets assets;
  private final String workspace;

  /**
   * @param workspace the ARM id of the workspace whose datastores and jobs are named
   */
  public DataLocations(StateTree state, WorkspaceAssets assets, String workspace) {
    this.state = state;
    this.assets = assets;
    this.workspace = workspace;
  }

  /**
   * The place that a URI or an asset id means.
   *
   * @throws JobFailure where nothing like it exists
   */
  public BlobLocation of(String uri) {
    return datastorePath(uri)
        .or(() -> jobOutput(uri))
        .or(() -> artifact(uri))
        .or(() -> url(uri))
        .orElseGet(() -> asset(uri));
  }

  /**
   * The URI by which a job reads data itself: that of the data where an asset is named, in the
   * spelling that says of which workspace a datastore is, which all readers know.
   *
   * @throws JobFailure where there is no such asset
   */
  public String uri(String named) {
    String uri = assets.id(AssetType.DATA, named).map(this::uriOfAsset).orElse(named);
    Matcher m = DATASTORE.matcher(uri);
    return m.matches() && m.group(1) == null
        ? AssetUris.inDatastore(workspace, m.group(4), pathInDatastore(m))
        : uri;
  }

  /** The place of a code asset, or of code that is given by its URI. */
  public BlobLocation code(String code) {
    return of(assets.id(AssetType.CODES, code).orElse(code));
  }

  /** The folder of a run's artifacts, in the datastore that each workspace has for them. */
  public BlobLocation artifacts(String runId) {
    return inDatastore(
        workspace, DefaultDatastores.ARTIFACTS, DefaultDatastores.artifacts(runId) + "/");
  }

  private BlobLocation inDatastore(String owner, String datastore, String path) {
    String id = owner + "/datastores/" + datastore;
    ObjectNode document =
        state
            .read(id)
            .orElseThrow(
                () ->
                    JobFailure.user(
                        "Datastore '%s' was not found in its workspace: %s"
                            .formatted(id.substring(id.lastIndexOf('/') + 1), id)));
    JsonNode properties = document.path("properties");
    String container = properties.path("containerName").asText();
    if (container.isEmpty()) {
      container = properties.path("filesystem").asText();
    }
    if (container.isEmpty()) {
      throw new JobFailure(
          "NotImplemented",
          "Jobs cannot use datastore '%s' of type %s: only blob containers and Data Lake file systems are embedded."
              .formatted(id, properties.path("datastoreType").asText()));
    }
    return new BlobLocation(
        properties.path("accountName").asText(), container, path, isKeyed(properties) ? id : "");
  }

  private Optional<BlobLocation> datastorePath(String uri) {
    Matcher m = DATASTORE.matcher(uri);
    if (!m.matches()) {
      return Optional.empty();
    }
    String in =
        m.group(1) == null
            ? workspace
            : "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.MachineLearningServices/workspaces/%s"
                .formatted(m.group(1), m.group(2), m.group(3));
    return Optional.of(inDatastore(in, m.group(4), pathInDatastore(m)));
  }

  private static String pathInDatastore(Matcher m) {
    String path =
        m.group(5) == null ? m.group(6) : m.group(5); // artifacts have a form of their own
    return path == null ? "" : path;
  }

  private Optional<BlobLocation> jobOutput(String uri) {
    Matcher m = JOB_OUTPUT.matcher(uri);
    if (!m.matches()) {
      return Optional.empty();
    }
    String path = m.group(3) == null ? "" : m.group(3);
    if (DefaultDatastores.isArtifacts(m.group(2))) {
      return Optional.of(artifacts(m.group(1)).resolve(path));
    }
    String of =
        state
            .read(workspace + "/runs/" + m.group(1))
            .map(run -> run.path("outputs").path(m.group(2)).path("uri").asText())
            .filter(u -> !u.isEmpty())
            .orElseThrow(
                () ->
                    JobFailure.user(
                        "Job '%s' has no output '%s'.".formatted(m.group(1), m.group(2))));
    BlobLocation output = of(of);
    return Optional.of(path.isEmpty() ? output : output.resolve(path));
  }

  private Optional<BlobLocation> artifact(String uri) {
    Matcher m = ARTIFACT.matcher(uri);
    return m.matches() ? Optional.of(artifacts(m.group(1)).resolve(m.group(2))) : Optional.empty();
  }

  private Optional<BlobLocation> url(String uri) {
    return laid(uri).or(() -> storageUrl(uri)).or(() -> published(uri));
  }

  /** Public data is one however it is spelled; it need not be there yet. */
  private Optional<BlobLocation> published(String uri) {
    return PublicUrl.of(uri)
        .map(url -> new BlobLocation(url.account(), url.container(), url.path(), ""));
  }

  private Optional<BlobLocation> laid(String uri) {
    return published(uri).filter(p -> PublicData.account(state, p.account()).isPresent());
  }

  private Optional<BlobLocation> storageUrl(String uri) {
    Matcher https = HTTPS.matcher(uri);
    if (https.matches()) {
      String path = URLDecoder.decode(https.group(3).replace("+", "%2B"), StandardCharsets.UTF_8);
      return Optional.of(direct(https.group(1), https.group(2), path));
    }
    Matcher wasbs = WASBS.matcher(uri);
    return wasbs.matches()
        ? Optional.of(direct(wasbs.group(2), wasbs.group(1), wasbs.group(3)))
        : Optional.empty();
  }

  /** A place that is named without its datastore; the workspace's own keys open its own places. */
  private BlobLocation direct(String account, String container, String path) {
    String datastore =
        state.list(workspace + "/datastores").stream()
            .filter(d -> d.at("/properties/accountName").asText().equalsIgnoreCase(account))
            .filter(d -> d.at("/properties/containerName").asText().equals(container))
            .filter(d -> isKeyed(d.path("properties")))
            .map(d -> d.path("id").asText())
            .findFirst()
            .or(() -> upload(account, container))
            .orElse("");
    return new BlobLocation(account.toLowerCase(Locale.ROOT), container, path, datastore);
  }

  /** A container that the workspace gave out lies in the account of its own datastore. */
  private Optional<String> upload(String account, String container) {
    return PendingUploads.gaveOut(state, workspace, account, container)
        ? Optional.of(workspace + "/datastores/" + DefaultDatastores.BLOB)
        : Optional.empty();
  }

  private BlobLocation asset(String uri) {
    String id =
        assets
            .id(AssetType.DATA, uri)
            .orElseThrow(
                () ->
                    JobFailure.user(
                        "'%s' is no place that a job can read here: the embedded Azure reaches no network, only its own storage (azureml://datastores/NAME/paths/…, https://ACCOUNT.blob.core.windows.net/…) and its assets."
                            .formatted(uri)));
    return of(assets.find(type(id), id));
  }

  /**
   * The place of the bytes of an asset. Those of a registry are opened by the service for whoever
   * may read the registry, which was asked when the job was submitted.
   */
  public BlobLocation of(ObjectNode asset) {
    BlobLocation place = of(uriOfAsset(asset));
    String id = asset.path("id").asText();
    return RegistryIds.isResource(id) ? place.openedBy(id) : place;
  }

  private String uriOfAsset(String id) {
    return uriOfAsset(assets.find(type(id), id));
  }

  private static String uriOfAsset(ObjectNode asset) {
    JsonNode properties = asset.path("properties");
    String id = asset.path("id").asText();
    return Stream.of("dataUri", "modelUri", "codeUri")
        .filter(properties::hasNonNull)
        .map(field -> properties.path(field).asText())
        .findFirst()
        .orElseThrow(() -> JobFailure.user("'%s' is no data asset and no model.".formatted(id)));
  }

  private static AssetType type(String id) {
    return Stream.of(AssetType.MODELS, AssetType.CODES)
        .filter(t -> id.toLowerCase(Locale.ROOT).contains("/" + t.collection() + "/"))
        .findFirst()
        .orElse(AssetType.DATA);
  }

  private static boolean isKeyed(JsonNode datastore) {
    String type = datastore.path("credentials").path("credentialsType").asText("None");
    return !type.equalsIgnoreCase("None");
  }
}
