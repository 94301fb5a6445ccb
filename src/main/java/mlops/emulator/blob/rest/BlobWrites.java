package mlops.emulator.blob.rest;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import mlops.emulator.blob.auth.AccessDenied;
import mlops.emulator.blob.content.WrittenFile;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.Checksums;
import mlops.emulator.blob.request.Conditions;
import mlops.emulator.blob.request.CopySource;
import mlops.emulator.blob.request.Parameters;
import mlops.emulator.blob.request.PosixPermissions;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobBytes;
import mlops.emulator.blob.store.BlobChange;
import mlops.emulator.blob.store.BlobProperties;
import mlops.emulator.blob.store.ContainerBlobs;
import mlops.emulator.blob.store.ContainerEdit;
import mlops.emulator.blob.store.ContentHeaders;
import mlops.emulator.blob.store.Directories;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import org.jspecify.annotations.Nullable;

/** Put Blob in its forms, Delete Blob, and what changes a blob apart from its content. */
public final class BlobWrites {
  private static final Set<String> TIERS = Set.of("Hot", "Cool", "Cold", "Archive");

  private static final Parameters UPLOAD =
      Parameters.CONDITIONS
          .and(Parameters.CONTENT_HEADERS)
          .and(Parameters.METADATA)
          .and(Parameters.CHECKSUMS)
          .and("x-ms-blob-type");
  private static final Parameters BLOCK_UPLOAD = UPLOAD.and("x-ms-access-tier");

  private final CopyOperations copies;

  public BlobWrites(CopySource sources) {
    this.copies = new CopyOperations(sources);
  }

  /** What is read of a request to write a blob: several operations share this route. */
  public static Parameters parameters(Request request) {
    boolean typed = request.header("x-ms-blob-type") != null;
    if (request.header("x-ms-copy-source") != null) {
      return typed ? CopyOperations.PUT_FROM_URL : CopyOperations.parameters(request);
    }
    return "AppendBlob".equals(request.header("x-ms-blob-type")) ? UPLOAD : BLOCK_UPLOAD;
  }

  public Response put(StorageRequest request) {
    String type = request.header("x-ms-blob-type");
    if (request.header("x-ms-copy-source") != null) {
      return type == null ? copies.copy(request) : copies.putFromUrl(request);
    }
    if (type == null) {
      throw StorageErrors.missingHeader("x-ms-blob-type");
    }
    return switch (type) {
      case "BlockBlob" -> put(request, Blob.Kind.BLOCK);
      case "AppendBlob" -> put(request, Blob.Kind.APPEND);
      case "PageBlob" ->
          throw ApiException.notImplemented("The embedded Azure has no page blobs (Put Blob).");
      default -> throw StorageErrors.invalidHeader("x-ms-blob-type", type);
    };
  }

  private static Response put(StorageRequest request, Blob.Kind kind) {
    ContentHeaders headers = BlobHeaders.ofUpload(request);
    request.conditions(); // a broken header is told before the body is read
    request.metadata();
    ContainerBlobs container = request.container();
    WrittenFile written =
        container.contents().write(request.http().body(), kind == Blob.Kind.BLOCK);
    try {
      Checksums.verify(request, written);
      Checksums.verifyMd5(headers.md5(), written);
      Blob blob =
          container.change(
              edit -> put(edit, request, kind, written, headers.withMd5(written.md5())));
      if (blob.isDirectory()) {
        container.contents().discard(written.file());
      }
      Response response =
          BlobHeaders.changed(201, blob).with("x-ms-request-server-encrypted", "true");
      if (written.md5() != null) {
        response.with("Content-MD5", written.md5());
      }
      return response.with("x-ms-content-crc64", written.crc64());
    } catch (ApiException e) {
      container.contents().discard(written.file());
      throw e;
    }
  }

  private static Blob put(
      ContainerEdit edit,
      StorageRequest request,
      Blob.Kind kind,
      WrittenFile written,
      ContentHeaders headers) {
    Map<String, String> metadata = request.metadata();
    requireWritable(request, request.conditions(), edit.before().find(request.blob()));
    if (isFolder(request, metadata, written)) {
      return Directories.make(
          request.account(),
          edit,
          request.blob(),
          new BlobProperties(headers, metadata, PosixPermissions.ofNew(request, true)));
    }
    Directories.makeParents(request.account(), edit, request.blob());
    Blob fresh = edit.newBlob(request.blob(), kind, BlobBytes.of(written), headers, metadata);
    return edit.put(withTier(request, fresh));
  }

  /** Clients without the DFS endpoint make directories by an empty blob with this mark. */
  private static boolean isFolder(
      StorageRequest request, Map<String, String> metadata, WrittenFile written) {
    return request.account().hierarchical()
        && written.size() == 0
        && "true".equals(metadata.get("hdi_isfolder"));
  }

  static Blob withTier(StorageRequest request, Blob blob) {
    String tier = request.header("x-ms-access-tier");
    return tier == null ? blob : blob.withAttributes(Map.of("x-ms-access-tier", tier(tier)));
  }

  private static String tier(String tier) {
    if (!TIERS.contains(tier)) {
      throw StorageErrors.invalidHeader("x-ms-access-tier", tier);
    }
    return tier;
  }

  /** Asks that the caller may write here, over what is here. */
  public static void requireWritable(
      StorageRequest request, Conditions conditions, Optional<Blob> current) {
    conditions.checkWrite(current);
    if (current.isPresent() && !request.authorization().overwrite()) {
      throw AccessDenied.permissionMismatch();
    }
  }

  public Response delete(StorageRequest request) {
    Conditions conditions = request.conditions();
    requireNoSnapshotsOnly(request.header("x-ms-delete-snapshots"));
    request
        .container()
        .change(
            edit -> {
              Blob blob =
                  edit.before().find(request.blob()).orElseThrow(StorageErrors::blobNotFound);
              conditions.checkWrite(Optional.of(blob));
              if (blob.isDirectory() && edit.before().hasBelow(blob.name())) {
                throw new ApiException(
                    409,
                    "DirectoryIsNotEmpty",
                    "This operation is not permitted on a non-empty directory.");
              }
              edit.make(BlobChange.delete(blob.name()));
              return blob;
            });
    return Response.empty(202).with("x-ms-delete-type-permanent", "true");
  }

  /** There are no snapshots, so that they go along with their blob is no work. */
  private static void requireNoSnapshotsOnly(@Nullable String snapshots) {
    if ("only".equalsIgnoreCase(snapshots)) {
      throw ApiException.notImplemented(
          "The embedded Azure has no snapshots that could go without their blob (x-ms-delete-snapshots: only).");
    }
    if (snapshots != null && !snapshots.equalsIgnoreCase("include")) {
      throw StorageErrors.invalidHeader("x-ms-delete-snapshots", snapshots);
    }
  }

  public Response setMetadata(StorageRequest request) {
    Map<String, String> metadata = request.metadata();
    return update(request, blob -> blob.withMetadata(metadata))
        .with("x-ms-request-server-encrypted", "true");
  }

  public Response setProperties(StorageRequest request) {
    ContentHeaders headers = BlobHeaders.ofRequest(request);
    if (headers.md5() != null) {
      Checksums.requireMd5(headers.md5());
    }
    return update(request, blob -> blob.with(headers));
  }

  private static Response update(StorageRequest request, Function<Blob, Blob> change) {
    Conditions conditions = request.conditions();
    Blob updated =
        request
            .container()
            .change(
                edit -> {
                  Blob blob =
                      edit.before().find(request.blob()).orElseThrow(StorageErrors::blobNotFound);
                  conditions.checkWrite(Optional.of(blob));
                  Blob changed = change.apply(blob).stamped(edit.stamp());
                  edit.make(BlobChange.update(changed));
                  return changed;
                });
    return BlobHeaders.changed(200, updated);
  }

  /** Sets the access tier, which changes neither ETag nor time. */
  public Response setTier(StorageRequest request) {
    String tier = request.header("x-ms-access-tier");
    if (tier == null) {
      throw StorageErrors.missingHeader("x-ms-access-tier");
    }
    String wanted = tier(tier);
    CopyOperations.requirePriority(request);
    request
        .container()
        .change(
            edit -> {
              Blob blob =
                  edit.before().find(request.blob()).orElseThrow(StorageErrors::blobNotFound);
              request.conditions().requireNoLease();
              if (blob.kind() != Blob.Kind.BLOCK) {
                throw StorageErrors.invalidBlobType();
              }
              Map<String, String> attributes = new HashMap<>(blob.attributes());
              attributes.put("x-ms-access-tier", wanted);
              edit.make(BlobChange.update(blob.withAttributes(attributes)));
              return blob;
            });
    return Response.empty(200);
  }

  /** Copies are done when they are answered, so there is never one to stop. */
  public Response abortCopy(StorageRequest request) {
    if (!"abort".equalsIgnoreCase(request.header("x-ms-copy-action"))) {
      throw StorageErrors.missingHeader("x-ms-copy-action");
    }
    request.find();
    request.conditions().requireNoLease();
    throw new ApiException(
        409, "NoPendingCopyOperation", "There is currently no pending copy operation.");
  }
}
