package mlops.emulator.run.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mlops.emulator.arm.role.RoleBasedAccess;
import mlops.emulator.blob.auth.StorageCredentialCheck;
import mlops.emulator.blob.auth.StorageRight;
import mlops.emulator.blob.published.PublicData;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.ApiException;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.workspace.DatastoreAccess;
import mlops.emulator.ml.workspace.DatastoreSecrets;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobPrincipal;
import mlops.emulator.run.record.RunnerServices;

/** Reads and writes blobs for jobs, each time as someone: roles decide as they do on Azure. */
public final class JobStorage {
  private static final String BLOBS =
      "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/";

  private final BlobStore blobs;
  private final BlobAccounts accounts;
  private final RoleBasedAccess access;
  private final DatastoreAccess datastores;
  private final PublishedPlaces published;

  public JobStorage(RunnerServices services) {
    this.blobs = services.blobs();
    this.accounts = services.accounts();
    this.access = services.access();
    this.published = new PublishedPlaces(services.state(), blobs, accounts);
    this.datastores =
        new DatastoreAccess(
            services.state(),
            new DatastoreSecrets(services.state(), accounts),
            new StorageCredentialCheck(services.state(), blobs, access));
  }

  /** Asks that all public data that a job names is there, before anything of it runs. */
  public void requireLaid(JsonNode properties) {
    published.requireLaid(properties);
  }

  /** Everything at a place: the one blob of that name, or the blobs in that folder. */
  public List<Blob> read(BlobLocation place, JobPrincipal actor) {
    require("read", place, actor);
    try {
      Optional<Blob> file =
          place.blob().isEmpty()
              ? Optional.empty()
              : blobs.find(place.account(), place.container(), place.blob());
      return published.complete(place, file.map(List::of).orElseGet(() -> list(place)));
    } catch (ApiException e) {
      throw new JobFailure(
          "ScriptExecution.StreamAccess.NotFound",
          "Cannot read %s: %s".formatted(place, e.message()));
    }
  }

  private List<Blob> list(BlobLocation place) {
    requireSecret("list", place, StorageRight.LIST, "");
    return blobs.list(place.account(), place.container(), place.prefix());
  }

  /** Asks that the key or the SAS of the datastore opens the place. */
  private void requireSecret(String act, BlobLocation place, StorageRight right, String blob) {
    if (place.datastore().isEmpty() || place.isShared()) {
      return;
    }
    datastores
        .denial(place.datastore(), right, blob)
        .ifPresent(
            denial -> {
              String name = MlPaths.name(place.datastore());
              throw new JobFailure(
                  "ScriptExecution.StreamAccess.Authentication",
                  "Cannot %s %s with the credentials of datastore '%s': %s: %s Give the datastore a key or a SAS that does, or none, so that roles decide."
                      .formatted(act, place, name, denial.code(), denial.message()));
            });
  }

  /** Whether a place is one blob. */
  public boolean isFile(BlobLocation place, JobPrincipal actor) {
    List<Blob> blobs = read(place, actor);
    return blobs.size() == 1 && blobs.get(0).name().equals(place.blob());
  }

  /** Keeps a file as a blob; with {@code move} the file is given away. */
  public void write(BlobLocation place, Path file, boolean move, JobPrincipal actor) {
    require("write", place, actor);
    String type = ContentTypes.of(place.path());
    try {
      blobs.put(place.account(), place.container(), place.blob(), file, move, type);
    } catch (ApiException e) {
      throw new JobFailure(
          "ScriptExecution.StreamAccess.NotFound",
          "Cannot write %s: %s".formatted(place, e.message()));
    }
  }

  /**
   * Asks that the account exists and that this actor may do this to it.
   *
   * @param act {@code read} or {@code write}
   */
  public void require(String act, BlobLocation place, JobPrincipal actor) {
    BlobAccounts.Account account =
        accounts
            .find(place.account())
            .orElseThrow(() -> PublishedPlaces.unknown(place, act.equals("read")));
    if (PublicData.isPublic(account)) {
      PublishedPlaces.requireRead(place, act.equals("read"));
      return;
    }
    if (act.equals("read") && (place.isShared() || isContext(account, actor))) {
      return;
    }
    String scope = account.id() + "/blobServices/default/containers/" + place.container();
    requireSecret(
        act, place, act.equals("read") ? StorageRight.READ : StorageRight.CREATE, place.blob());
    boolean keyed = !place.datastore().isEmpty() && !place.isShared();
    if (!keyed && !access.allowsData(actor.objectId(), BLOBS + act, scope)) {
      throw new JobFailure(
          "ScriptExecution.StreamAccess.Authentication",
          "Cannot %s %s: %s (object id '%s') does not have authorization to perform action '%s' over scope '%s'. AuthorizationPermissionMismatch: This request is not authorized to perform this operation using this permission. Grant it the role 'Storage Blob Data %s' there, or give the datastore an account key."
              .formatted(
                  act,
                  place,
                  actor.words(),
                  actor.objectId(),
                  BLOBS + act,
                  scope,
                  act.equals("read") ? "Reader" : "Contributor"));
    }
  }

  /** Whether the workspace reads the build context of an environment in a registry. */
  private static boolean isContext(BlobAccounts.Account account, JobPrincipal actor) {
    return actor.equals(JobPrincipal.workspace())
        && account.id().contains("/resourceGroups/azureml-rg-");
  }
}
