package mlops.emulator.blob.rest;

import java.util.Locale;
import java.util.Optional;
import mlops.emulator.blob.request.Conditions;
import mlops.emulator.blob.request.Parameters;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobChange;
import mlops.emulator.blob.store.ContainerEdit;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Response;

/** Delete Blob: a blob with or without its snapshots, its snapshots alone, or one snapshot. */
public final class BlobDeletion {
  private static final String SNAPSHOTS = "x-ms-delete-snapshots";

  /** What is read of a request. */
  public static final Parameters PARAMETERS = Parameters.CONDITIONS.and(SNAPSHOTS, "snapshot");

  public Response delete(StorageRequest request) {
    Conditions conditions = request.conditions();
    String mode = mode(request);
    request
        .container()
        .change(
            edit -> {
              Blob blob = request.find(edit.before()).orElseThrow(StorageErrors::blobNotFound);
              conditions.checkWrite(Optional.of(blob));
              delete(edit, blob, mode);
              return blob;
            });
    return Response.empty(202).with("x-ms-delete-type-permanent", "true");
  }

  /** {@code include}, {@code only}, the time of a snapshot, or nothing. */
  private static String mode(StorageRequest request) {
    String snapshot = request.query("snapshot").orElse("");
    String header = request.header(SNAPSHOTS);
    String mode = header == null ? snapshot : header.toLowerCase(Locale.ROOT);
    boolean known = mode.equals("include") || mode.equals("only");
    if (header != null && (!known || !snapshot.isEmpty())) {
      throw StorageErrors.invalidHeader(SNAPSHOTS, header);
    }
    return mode;
  }

  private static void delete(ContainerEdit edit, Blob blob, String mode) {
    if (mode.equals("only")) {
      for (String at : edit.before().snapshots(blob.name()).keySet()) {
        edit.make(BlobChange.deleteSnapshot(blob.name(), at));
      }
      return;
    }
    if (!mode.isEmpty() && !mode.equals("include")) {
      edit.make(BlobChange.deleteSnapshot(blob.name(), mode));
      return;
    }
    if (mode.isEmpty() && !edit.before().snapshots(blob.name()).isEmpty()) {
      throw StorageErrors.snapshotsPresent();
    }
    if (blob.isDirectory() && edit.before().hasBelow(blob.name())) {
      throw new ApiException(
          409, "DirectoryIsNotEmpty", "This operation is not permitted on a non-empty directory.");
    }
    edit.make(BlobChange.delete(blob.name()));
  }
}
