package mlops.emulator.blob;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Response;

/** Put Blob in its forms, Delete Blob, and what changes a blob apart from its content. */
final class BlobWrites {
  private static final Set<String> TIERS = Set.of("Hot", "Cool", "Cold", "Archive");

  private final Copies copies;

  BlobWrites(CopySource sources) {
    this.copies = new Copies(sources);
  }

  Response put(Call call) {
    String type = call.header("x-ms-blob-type");
    if (call.header("x-ms-copy-source") != null) {
      return type == null ? copies.copy(call) : copies.putFromUrl(call);
    }
    if (type == null) {
      throw Errors.missingHeader("x-ms-blob-type");
    }
    return switch (type) {
      case "BlockBlob" -> put(call, Blob.Kind.BLOCK);
      case "AppendBlob" -> put(call, Blob.Kind.APPEND);
      case "PageBlob" ->
          throw ApiException.notImplemented("The embedded Azure has no page blobs (Put Blob).");
      default -> throw Errors.invalidHeader("x-ms-blob-type", type);
    };
  }

  private static Response put(Call call, Blob.Kind kind) {
    ContentHeaders headers = Headers.ofRequest(call, true);
    call.conditions(); // a broken header is told before the body is read
    call.metadata();
    Container container = call.container();
    Written written = container.contents().write(call.request().body(), kind == Blob.Kind.BLOCK);
    try {
      Checksums.verify(call, written);
      Checksums.verifyMd5(headers.md5(), written);
      Blob blob =
          container.change(edit -> put(edit, call, kind, written, headers.withMd5(written.md5())));
      if (blob.isDirectory()) {
        container.contents().discard(written.file());
      }
      Response response = Headers.changed(201, blob).with("x-ms-request-server-encrypted", "true");
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
      Edit edit, Call call, Blob.Kind kind, Written written, ContentHeaders headers) {
    Map<String, String> metadata = call.metadata();
    requireWritable(call, call.conditions(), edit.before().find(call.blob()));
    if (isFolder(call, metadata, written)) {
      return Directories.make(edit, call, metadata, AccessControl.ofNew(call, true));
    }
    Directories.makeParents(call.account(), edit, call.blob());
    Blob fresh = NewBlob.of(edit, call.blob(), kind, written, headers, metadata);
    return edit.put(withTier(call, fresh));
  }

  /** Clients without the DFS endpoint make directories by an empty blob with this mark. */
  private static boolean isFolder(Call call, Map<String, String> metadata, Written written) {
    return call.account().hierarchical()
        && written.size() == 0
        && "true".equals(metadata.get("hdi_isfolder"));
  }

  static Blob withTier(Call call, Blob blob) {
    String tier = call.header("x-ms-access-tier");
    return tier == null ? blob : blob.withAttributes(Map.of("x-ms-access-tier", tier(tier)));
  }

  private static String tier(String tier) {
    if (!TIERS.contains(tier)) {
      throw Errors.invalidHeader("x-ms-access-tier", tier);
    }
    return tier;
  }

  /** Asks that the caller may write here, over what is here. */
  static void requireWritable(Call call, Conditions conditions, Optional<Blob> current) {
    conditions.checkWrite(current);
    if (current.isPresent() && !call.grant().overwrite()) {
      throw Gate.permissionMismatch();
    }
  }

  Response delete(Call call) {
    Conditions conditions = call.conditions();
    call.container()
        .change(
            edit -> {
              Blob blob = edit.before().find(call.blob()).orElseThrow(Errors::blobNotFound);
              conditions.checkWrite(Optional.of(blob));
              if (blob.isDirectory() && edit.before().hasBelow(blob.name())) {
                throw new ApiException(
                    409,
                    "DirectoryIsNotEmpty",
                    "This operation is not permitted on a non-empty directory.");
              }
              edit.make(Change.delete(blob.name()));
              return blob;
            });
    return Response.empty(202).with("x-ms-delete-type-permanent", "true");
  }

  Response setMetadata(Call call) {
    Map<String, String> metadata = call.metadata();
    return update(call, blob -> blob.withMetadata(metadata))
        .with("x-ms-request-server-encrypted", "true");
  }

  Response setProperties(Call call) {
    ContentHeaders headers = Headers.ofRequest(call, false);
    if (headers.md5() != null) {
      Checksums.requireMd5(headers.md5());
    }
    return update(call, blob -> blob.with(headers));
  }

  private static Response update(Call call, Function<Blob, Blob> change) {
    Conditions conditions = call.conditions();
    Blob updated =
        call.container()
            .change(
                edit -> {
                  Blob blob = edit.before().find(call.blob()).orElseThrow(Errors::blobNotFound);
                  conditions.checkWrite(Optional.of(blob));
                  Blob changed = change.apply(blob).stamped(edit.stamp());
                  edit.make(Change.update(changed));
                  return changed;
                });
    return Headers.changed(200, updated);
  }

  /** Sets the access tier, which changes neither ETag nor time. */
  Response setTier(Call call) {
    String tier = call.header("x-ms-access-tier");
    if (tier == null) {
      throw Errors.missingHeader("x-ms-access-tier");
    }
    String wanted = tier(tier);
    call.container()
        .change(
            edit -> {
              Blob blob = edit.before().find(call.blob()).orElseThrow(Errors::blobNotFound);
              if (blob.kind() != Blob.Kind.BLOCK) {
                throw Errors.invalidBlobType();
              }
              Map<String, String> attributes = new HashMap<>(blob.attributes());
              attributes.put("x-ms-access-tier", wanted);
              edit.make(Change.update(blob.withAttributes(attributes)));
              return blob;
            });
    return Response.empty(200);
  }

  /** Copies are done when they are answered, so there is never one to stop. */
  Response abortCopy(Call call) {
    call.find();
    throw new ApiException(
        409, "NoPendingCopyOperation", "There is currently no pending copy operation.");
  }
}
