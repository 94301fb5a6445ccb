package mlops.emulator.ml.asset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.workspace.DefaultDatastores;
import org.jspecify.annotations.Nullable;

/** Addresses of data: short forms made whole, and whole ones found in storage. */
public final class AssetUris {
  private static final Pattern SHORT =
      Pattern.compile("azureml://datastores/([^/]+)(?:/paths/(.*)|/(ExperimentRun/.*))?");
  private static final Pattern FULL =
      Pattern.compile(
          "azureml://subscriptions/([^/]+)/resource[gG]roups/([^/]+)/(?:providers/[^/]+/)?workspaces/([^/]+)/datastores/([^/]+)(?:/paths/(.*))?");
  private static final Pattern OF_JOB =
      Pattern.compile("azureml://jobs/([^/]+)/outputs/([^/]+)(?:/paths/(.*))?");
  private static final Pattern OF_RUN = Pattern.compile("(?:runs:|azureml://runs)/([^/]+)/(.*)");
  private static final Pattern BLOB =
      Pattern.compile(
          "https://([^./]+)\\.blob\\.core\\.windows\\.net(?::443)?/([^/?]+)/?([^?]*).*");

  private final MlResources resources;

  public AssetUris(MlResources resources) {
    this.resources = resources;
  }

  /**
   * A place in storage.
   *
   * @param path of a blob or a folder in the container, perhaps with a slash at its end
   */
  public record Place(String account, String container, String path) {}

  /** The form in which Azure answers an address: with subscription, group and workspace. */
  public String full(String workspace, String uri) {
    Matcher whole = SHORT.matcher(uri);
    if (whole.matches()) {
      String path = whole.group(2) == null ? whole.group(3) : whole.group(2);
      return inDatastore(workspace, whole.group(1), path);
    }
    Matcher job = OF_JOB.matcher(uri);
    if (job.matches()) {
      return ofJob(workspace, job);
    }
    Matcher run = OF_RUN.matcher(uri);
    if (run.matches()) {
      return artifact(workspace, run.group(1), run.group(2));
    }
    return ofBlob(workspace, uri).orElse(uri);
  }

  /** The address of a path in a datastore of a workspace. */
  public static String inDatastore(String workspace, String datastore, @Nullable String path) {
    String[] id = workspace.split("/");
    return "azureml://subscriptions/%s/resourcegroups/%s/workspaces/%s/datastores/%s/paths/%s"
        .formatted(id[2], id[4], id[8], datastore, path == null ? "" : path);
  }

  /** The address of something among the artifacts of a run. */
  public static String artifact(String workspace, String run, String path) {
    return inDatastore(
        workspace, DefaultDatastores.ARTIFACTS, DefaultDatastores.artifacts(run) + "/" + path);
  }

  private String ofJob(String workspace, Matcher job) {
    String rest = job.group(3) == null ? "" : job.group(3);
    if (DefaultDatastores.isArtifacts(job.group(2))) {
      return artifact(workspace, job.group(1), rest);
    }
    String output =
        resources
            .read(workspace + "/runs/" + job.group(1))
            .map(r -> r.path("outputs").path(job.group(2)).path("uri").asText())
            .filter(u -> !u.isEmpty())
            .orElseThrow(
                () ->
                    MlErrors.userError(
                        404, "The job %s has no output %s.".formatted(job.group(1), job.group(2))));
    String base = full(workspace, output);
    return rest.isEmpty() ? base : (base.endsWith("/") ? base : base + "/") + rest;
  }

  /** The address of a blob by the datastore over its container, where the workspace has one. */
  private Optional<String> ofBlob(String workspace, String uri) {
    Matcher blob = BLOB.matcher(uri);
    if (!blob.matches()) {
      return Optional.empty();
    }
    return resources.state().list(workspace + "/datastores").stream()
        .filter(d -> container(d).equals(blob.group(2)))
        .filter(d -> d.at("/properties/accountName").asText().equals(blob.group(1)))
        .findFirst()
        .map(d -> inDatastore(workspace, d.path("name").asText(), blob.group(3)));
  }

  /** Where an address leads, if it leads into storage of this cloud. */
  public Optional<Place> place(String workspace, String uri) {
    Matcher full = FULL.matcher(full(workspace, uri));
    if (full.matches()) {
      String id =
          "/subscriptions/%s/resourceGroups/%s/providers/%s/%s"
              .formatted(full.group(1), full.group(2), MlPaths.TYPE, full.group(3));
      return place(id, full.group(4), full.group(5) == null ? "" : full.group(5));
    }
    Matcher blob = BLOB.matcher(uri);
    return blob.matches()
        ? Optional.of(new Place(blob.group(1), blob.group(2), blob.group(3)))
        : Optional.empty();
  }

  /** Where a path in a datastore of a workspace leads, if there is a container behind it. */
  public Optional<Place> place(String workspace, String datastore, String path) {
    return resources
        .read(workspace + "/datastores/" + datastore)
        .filter(d -> !container(d).isEmpty())
        .map(d -> new Place(d.at("/properties/accountName").asText(), container(d), path));
  }

  private static String container(JsonNode datastore) {
    for (String field : List.of("containerName", "filesystem")) {
      if (datastore.path("properties").has(field)) {
        return datastore.path("properties").path(field).asText();
      }
    }
    return "";
  }
}
