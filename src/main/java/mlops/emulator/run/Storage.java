package mlops.emulator.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mlops.emulator.arm.Access;
import mlops.emulator.blob.Accounts;
import mlops.emulator.blob.Blob;
import mlops.emulator.blob.BlobStore;
import mlops.emulator.http.ApiException;

/** Reads and writes blobs for jobs, each time as someone: roles decide as they do on Azure. */
final class Storage {
  private static final String BLOBS =
      "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/";

  private final BlobStore blobs;
  private final Accounts accounts;
  private final Access access;

  Storage(Workshop workshop) {
    this.blobs = workshop.blobs();
    this.accounts = workshop.accounts();
    this.access = workshop.access();
  }

  /** Everything at a place: the one blob of that name, or the blobs in that folder. */
  List<Blob> read(Place place, Actor actor) {
    require("read", place, actor);
    try {
      Optional<Blob> file =
          place.blob().isEmpty()
              ? Optional.empty()
              : blobs.find(place.account(), place.container(), place.blob());
      return file.map(List::of)
          .orElseGet(() -> blobs.list(place.account(), place.container(), place.prefix()));
    } catch (ApiException e) {
      throw new JobFailure(
          "ScriptExecution.StreamAccess.NotFound",
          "Cannot read %s: %s".formatted(place, e.message()));
    }
  }

  /** Whether a place is one blob. */
  boolean isFile(Place place, Actor actor) {
    List<Blob> blobs = read(place, actor);
    return blobs.size() == 1 && blobs.get(0).name().equals(place.blob());
  }

  /** Keeps a file as a blob; with {@code move} the file is given away. */
  void write(Place place, Path file, boolean move, Actor actor) {
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
  void require(String act, Place place, Actor actor) {
    Accounts.Account account =
        accounts
            .find(place.account())
            .orElseThrow(
                () ->
                    new JobFailure(
                        "ScriptExecution.StreamAccess.NotFound",
                        "Storage account '%s' was not found, for %s."
                            .formatted(place.account(), place)));
    String scope = account.id() + "/blobServices/default/containers/" + place.container();
    if (!place.keyed() && !access.allowsData(actor.objectId(), BLOBS + act, scope)) {
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
}
