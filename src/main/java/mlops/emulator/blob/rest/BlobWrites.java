package mlops.emulator.blob.rest;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import mlops.emulator.blob.acl.NewAccess;
import mlops.emulator.blob.auth.AccessDenied;
import mlops.emulator.blob.content.WrittenFile;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.Checksums;
import mlops.emulator.blob.request.Conditions;
import mlops.emulator.blob.request.CopySource;
import mlops.emulator.blob.request.Parameters;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobBytes;
import mlops.emulator.blob.store.BlobProperties;
import mlops.emulator.blob.store.ContainerBlobs;
import mlops.emulator.blob.store.ContainerEdit;
import mlops.emulator.blob.store.ContentHeaders;
import mlops.emulator.blob.store.HierarchicalNamespace;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/** Put Blob in its forms, and what changes a blob apart from its content. */
public final class BlobWrites {
  private static final Set<String> TIERS = Set.of("Hot", "Cool", "Cold", "Archive");

  private static final Parameters UPLOAD =
      Parameters.CONDITIONS
          .and(Parameters.CONTENT_HEADERS)
          .and(Parameters.METADATA)
          .and(Parameters.CHECKSUMS)
          .and("x-ms-blob-type", "x-ms-tags");
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
    request.tags();
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
      return HierarchicalNamespace.make(
          request.account(),
          edit,
          request.blob(),
          BlobProperties.of(headers, metadata),
          NewAccess.by(request.authorization().owner()));
    }
    Blob fresh = edit.newBlob(request.blob(), kind, BlobBytes.of(written), headers, metadata);
    return put(edit, request, fresh);
  }

  /** Puts a blob with the tier and the tags that the request sets, in its place. */
  static Blob put(ContainerEdit edit, StorageRequest request, Blob fresh) {
    return putTagged(edit, request, fresh.withTags(request.tags()));
  }

  /** The same with the tags that the blob has. */
  static Blob putTagged(ContainerEdit edit, StorageRequest request, Blob fresh) {
    NewAccess asked = NewAccess.by(request.authorization().owner());
    Blob tiered = tier(request).map(tier -> tiered(fresh, tier)).orElse(fresh);
    return edit.put(HierarchicalNamespace.placed(request.account(), edit, tiered, asked));
  }

  private static Blob tiered(Blob blob, String tier) {
    Map<String, String> attributes = new HashMap<>(blob.attributes());
    attributes.put("x-ms-access-tier", tier);
    return blob.withAttributes(attributes);
  }

  /** Clients without the DFS endpoint make directories by an empty blob with this mark. */
  private static boolean isFolder(
      StorageRequest request, Map<String, String> metadata, WrittenFile written) {
    return request.account().hierarchical()
        && written.size() == 0
        && "true".equals(metadata.get("hdi_isfolder"));
  }

  /** The access tier that the request sets. */
  private static Optional<String> tier(StorageRequest request) {
    String tier = request.header("x-ms-access-tier");
    if (tier != null && !TIERS.contains(tier)) {
      throw StorageErrors.invalidHeader("x-ms-access-tier", tier);
    }
    return Optional.ofNullable(tier);
  }

  /** Asks that the caller may write here, over what is here. */
  public static void requireWritable(
      StorageRequest request, Conditions conditions, Optional<Blob> current) {
    conditions.checkWrite(current);
    if (current.isPresent() && !request.authorization().overwrite()) {
      throw AccessDenied.permissionMismatch();
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

  /** Changes what is known of a blob apart from its content. */
  public static Response update(StorageRequest request, UnaryOperator<Blob> change) {
    Conditions conditions = request.conditions();
    Blob updated =
        request.update(
            (edit, blob) -> {
              conditions.checkWrite(Optional.of(blob));
              return change.apply(blob).stamped(edit.stamp());
            });
    return BlobHeaders.changed(200, updated);
  }

  /** Sets the access tier, which changes neither ETag nor time. */
  public Response setTier(StorageRequest request) {
    String wanted =
        tier(request).orElseThrow(() -> StorageErrors.missingHeader("x-ms-access-tier"));
    CopyOperations.requirePriority(request);
    request.update(
        (edit, blob) -> {
          request.conditions().checkWrite(Optional.of(blob));
          if (blob.kind() != Blob.Kind.BLOCK) {
            throw StorageErrors.invalidBlobType();
          }
          return tiered(blob, wanted);
        });
    return Response.empty(200);
  }

  /** Copies are done when they are answered, so there is never one to stop. */
  public Response abortCopy(StorageRequest request) {
    if (!"abort".equalsIgnoreCase(request.header("x-ms-copy-action"))) {
      throw StorageErrors.missingHeader("x-ms-copy-action");
    }
    request.conditions().lease().requireHolder(request.find().lease());
    throw new ApiException(
        409, "NoPendingCopyOperation", "There is currently no pending copy operation.");
  }
}
