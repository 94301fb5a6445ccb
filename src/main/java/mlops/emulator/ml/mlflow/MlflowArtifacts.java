package mlops.emulator.ml.mlflow;

import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.asset.AssetUris;
import mlops.emulator.ml.asset.DatastorePath;
import mlops.emulator.ml.asset.RegistryRights;
import mlops.emulator.ml.job.RunHistory;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.RegistryIds;
import mlops.emulator.ml.workspace.DefaultDatastores;

/** The files that runs leave, in the workspace's artifact store, as MLflow's proxy serves them. */
public final class MlflowArtifacts {
  private static final String FILES = MlflowRoutes.BASE + "/mlflow-artifacts/artifacts";

  /** A model of a registry, and a path in it. */
  private static final Pattern SHARED =
      Pattern.compile("(registries/[^/]+/models/[^/]+/versions/[^/]+)(/.*|)");

  private final MlResources resources;
  private final AssetUris uris;
  private final BlobStore blobs;
  private final RegistryRights rights;

  public MlflowArtifacts(MlResources resources, BlobStore blobs, RegistryRights rights) {
    this.resources = resources;
    this.rights = rights;
    this.uris = new AssetUris(resources);
    this.blobs = blobs;
  }

  public List<Route> routes() {
    String file = FILES + "/{*path}";
    return List.of(
        MlflowRoutes.read("artifacts/list", this::list),
        Route.of("GET", MlPaths.API_HOST, FILES, RunHistory.READ, this::listFolder),
        Route.of(
            "GET",
            MlPaths.API_HOST,
            file,
            RunHistory.READ,
            r -> MlflowRoutes.worded(r, () -> download(r))),
        Route.of(
                "PUT",
                MlPaths.API_HOST,
                file,
                RunHistory.WRITE,
                r -> MlflowRoutes.worded(r, () -> upload(r)))
            .streaming(),
        Route.of(
            "DELETE",
            MlPaths.API_HOST,
            file,
            RunHistory.WRITE,
            r -> MlflowRoutes.worded(r, () -> delete(r))));
  }

  private ObjectNode list(Request request) {
    String run = request.queryValue("run_id").or(() -> request.queryValue("run_uuid")).orElse("");
    String path = request.queryValue("path").orElse("");
    String folder = DefaultDatastores.artifacts(run);
    ObjectNode answer = files(request, folder + "/", path);
    return answer.put("root_uri", MlflowAddresses.PROXY + folder);
  }

  private Response listFolder(Request request) {
    String path = request.queryValue("path").orElse("");
    return MlflowRoutes.worded(
        request, () -> Response.json(200, files(request, path.isEmpty() ? "" : path + "/", "")));
  }

  /** The files and folders directly in a folder; their paths are relative to the root. */
  private ObjectNode files(Request request, String root, String path) {
    AssetUris.Place place = place(request, root);
    String base = place.path();
    String prefix = base + (path.isEmpty() ? "" : path.replaceAll("/+$", "") + "/");
    TreeMap<String, Long> found = new TreeMap<>();
    for (Blob blob : blobs.list(place.account(), place.container(), prefix)) {
      String rest = blob.name().substring(prefix.length());
      int slash = rest.indexOf('/');
      String name = (prefix + rest.substring(0, slash < 0 ? rest.length() : slash));
      found.put(name.substring(base.length()), slash < 0 ? blob.size() : -1L);
    }
    ObjectNode answer = Json.object();
    answer.putArray("files");
    found.forEach(
        (name, size) -> {
          ObjectNode file = answer.withArrayProperty("files").addObject().put("path", name);
          file.put("is_dir", size < 0);
          if (size >= 0) {
            file.put("file_size", size);
          }
        });
    return answer;
  }

  private Response download(Request request) {
    String path = request.parameter("path");
    AssetUris.Place place = place(request, path);
    Blob blob =
        blobs
            .find(place.account(), place.container(), place.path())
            .orElseThrow(
                () -> MlflowRoutes.missing("The artifact '%s' does not exist.".formatted(path)));
    return Response.of(
        200, "application/octet-stream", BinaryData.fromFile(blob.content(), 0L, blob.size()));
  }

  private Response upload(Request request) {
    AssetUris.Place place = written(request);
    try {
      Path file = Files.createTempFile("artifact", ".new");
      try (InputStream body = request.body().toStream()) {
        Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
        blobs.put(
            place.account(),
            place.container(),
            place.path(),
            file,
            true,
            "application/octet-stream");
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Response.json(200, Json.object());
  }

  private Response delete(Request request) {
    AssetUris.Place place = written(request);
    blobs.delete(place.account(), place.container(), place.path());
    return Response.json(200, Json.object());
  }

  /** What is written or deleted lies below a run; models that are registered stay as they are. */
  private AssetUris.Place written(Request request) {
    String path = request.parameter("path");
    if (!path.startsWith(DefaultDatastores.RUNS)) {
      throw MlflowRoutes.invalid("The artifact path '%s' is not below a run.".formatted(path));
    }
    return place(request, path);
  }

  /** The place of what MLflow's proxy is asked for. */
  private AssetUris.Place place(Request request, String path) {
    Matcher shared = SHARED.matcher(path);
    if (shared.matches()) {
      return shared(request, "azureml://" + shared.group(1), shared.group(2));
    }
    DatastorePath place = DatastorePath.ofArtifact(path);
    String workspace = resources.workspace(request).path("id").asText();
    return uris.place(workspace, place.datastore(), place.path())
        .orElseThrow(
            () ->
                MlflowRoutes.missing(
                    "The datastore '%s' does not exist.".formatted(place.datastore())));
  }

  /** The place of a file of a model in a registry, which the caller must be allowed to read. */
  private AssetUris.Place shared(Request request, String assetId, String path) {
    rights.require(request, TextNode.valueOf(assetId));
    ObjectNode model =
        RegistryIds.resourceId(resources.state(), assetId)
            .flatMap(resources::read)
            .orElseThrow(() -> MlflowRoutes.missing("There is no " + assetId));
    String registry = RegistryIds.registryOf(model.path("id").asText());
    AssetUris.Place root =
        uris.place(registry, model.at("/properties/modelUri").asText()).orElseThrow();
    String folder = root.path().replaceAll("/+$", "");
    return new AssetUris.Place(root.account(), root.container(), folder + path);
  }
}
