package mlops.emulator.blob.rest;

import com.azure.core.util.BinaryData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.blob.content.ContentFiles;
import mlops.emulator.blob.content.ContentSeal;
import mlops.emulator.blob.content.WrittenFile;
import mlops.emulator.blob.lease.Lease;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.ByteRange;
import mlops.emulator.blob.request.Checksums;
import mlops.emulator.blob.request.Conditions;
import mlops.emulator.blob.request.CopySource;
import mlops.emulator.blob.request.Parameters;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.request.StorageXml;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobBytes;
import mlops.emulator.blob.store.BlobChange;
import mlops.emulator.blob.store.BlobIndex;
import mlops.emulator.blob.store.ContainerBlobs;
import mlops.emulator.blob.store.ContainerEdit;
import mlops.emulator.blob.store.ContentHeaders;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.HttpDates;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.XmlDocument;
import org.jspecify.annotations.Nullable;

/** Put Block, Put Block List and Get Block List. */
public final class BlockOperations {
  private static final int LONGEST_ID = 64;

  private static final Parameters STAGE = Parameters.LEASE.and("blockid");
  private static final Parameters STAGE_BODY = STAGE.and(Parameters.CHECKSUMS);
  private static final Parameters STAGE_FROM_URL =
      STAGE.and(Parameters.COPY_SOURCE).and(Parameters.SOURCE_CONDITIONS).and("x-ms-source-range");

  private final CopySource sources;

  public BlockOperations(CopySource sources) {
    this.sources = sources;
  }

  /** What is read of a request to put a block. */
  public static Parameters parameters(Request request) {
    return request.header("x-ms-copy-source") == null ? STAGE_BODY : STAGE_FROM_URL;
  }

  public Response put(StorageRequest request) {
    String id = request.query("blockid").orElse("");
    requireBlockId(id);
    ContainerBlobs container = request.container();
    WrittenFile written = write(request, container.contents());
    try {
      Checksums.verify(request, written);
      Checksums.verifySource(request, written);
      container.change(
          edit -> {
            request.conditions().checkWrite(edit.before().find(request.blob()));
            for (String other : edit.before().blocks(request.blob()).keySet()) {
              if (other.length() != id.length()) {
                throw ApiException.badRequest(
                    "InvalidBlobOrBlock", "The specified blob or block content is invalid.");
              }
            }
            edit.make(
                BlobChange.block(
                    request.blob(),
                    new BlobIndex.Uncommitted(
                        id, written.size(), written.file(), ContentSeal.of(written))));
            return id;
          });
    } catch (ApiException e) {
      container.contents().discard(written.file());
      throw e;
    }
    return Checksums.tell(
        Response.empty(201).with("x-ms-request-server-encrypted", "true"), request, written);
  }

  private WrittenFile write(StorageRequest request, ContentFiles contents) {
    if (request.header("x-ms-copy-source") == null) {
      return contents.write(request.http().body(), Checksums.wantsMd5(request));
    }
    Blob source = sources.find(request).blob();
    String asked = request.header("x-ms-source-range");
    ByteRange range =
        asked == null ? new ByteRange(0, source.size()) : ByteRange.parse(asked, source.size());
    return contents.write(BlobReads.content(source, range), Checksums.wantsMd5(request));
  }

  private static void requireBlockId(String id) {
    try {
      int length = Base64.getDecoder().decode(id).length;
      if (length > 0 && length <= LONGEST_ID) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // not base64: the same failure
    }
    throw StorageErrors.invalidQuery("blockid", id);
  }

  /** Where the bytes of a block are, sealed where they are all of their file. */
  private record Found(String id, ContentFiles.Part part, @Nullable ContentSeal seal) {

    BlobBytes.Block block(boolean whole) {
      return whole
          ? BlobBytes.Block.joined(id, part.size())
          : new BlobBytes.Block(id, part.size(), part.file(), part.position());
    }
  }

  public Response commit(StorageRequest request) {
    ContentHeaders headers = BlobHeaders.ofRequest(request);
    Conditions conditions = request.conditions();
    Map<String, String> metadata = request.metadata();
    List<String[]> wanted = wanted(request);
    Blob blob =
        request
            .container()
            .change(
                edit -> {
                  BlobWrites.requireWritable(
                      request, conditions, edit.before().find(request.blob()));
                  if (wanted.isEmpty()) {
                    return putEmpty(edit, request, headers, metadata);
                  }
                  List<Found> found = find(edit.before(), request.blob(), wanted);
                  return put(edit, request, found, headers, metadata);
                });
    return BlobHeaders.changed(201, blob).with("x-ms-request-server-encrypted", "true");
  }

  private static Blob putEmpty(
      ContainerEdit edit,
      StorageRequest request,
      ContentHeaders headers,
      Map<String, String> metadata) {
    BinaryData nothing = BinaryData.fromBytes(new byte[0]);
    BlobBytes none = BlobBytes.of(request.container().contents().write(nothing, false));
    Blob fresh = edit.newBlob(request.blob(), Blob.Kind.BLOCK, none, headers, metadata);
    return BlobWrites.put(edit, request, fresh);
  }

  private static Blob put(
      ContainerEdit edit,
      StorageRequest request,
      List<Found> found,
      ContentHeaders headers,
      Map<String, String> metadata) {
    long size = found.stream().mapToLong(f -> f.part().size()).sum();
    // A blob of several blocks stays in pieces until someone needs it as one file: to copy its
    // bytes now would double the work of every large upload.
    boolean whole = found.size() == 1 && found.get(0).part().position() == 0;
    Path file = whole ? found.get(0).part().file() : edit.noContent();
    List<BlobBytes.Block> blocks = found.stream().map(f -> f.block(whole)).toList();
    BlobBytes bytes = new BlobBytes(file, size, blocks, whole ? found.get(0).seal() : null);
    Blob fresh = edit.newBlob(request.blob(), Blob.Kind.BLOCK, bytes, headers, metadata);
    return BlobWrites.put(edit, request, fresh);
  }

  /** Pairs of where to look for a block, and its id, in the order of the request. */
  private static List<String[]> wanted(StorageRequest request) {
    List<String[]> wanted = new ArrayList<>();
    StorageXml.leaves(
        request,
        (element, text) -> {
          if (List.of("Latest", "Committed", "Uncommitted").contains(element)) {
            wanted.add(new String[] {element, text});
          } else if (!element.equals("BlockList")) {
            throw StorageErrors.invalidXml();
          }
        });
    return wanted;
  }

  private static List<Found> find(BlobIndex index, String name, List<String[]> wanted) {
    Map<String, ContentFiles.Part> committed = committed(index.find(name));
    Map<String, ContentFiles.Part> uncommitted = new HashMap<>();
    index
        .blocks(name)
        .values()
        .forEach(b -> uncommitted.put(b.id(), new ContentFiles.Part(b.content(), 0, b.size())));
    List<Found> found = new ArrayList<>();
    for (String[] block : wanted) {
      ContentFiles.Part part =
          switch (block[0]) {
            case "Committed" -> committed.get(block[1]);
            case "Uncommitted" -> uncommitted.get(block[1]);
            default -> uncommitted.getOrDefault(block[1], committed.get(block[1]));
          };
      if (part == null) {
        throw ApiException.badRequest("InvalidBlockList", "The specified block list is invalid.");
      }
      found.add(new Found(block[1], part, seal(index.blocks(name).get(block[1]), part)));
    }
    return found;
  }

  private static @Nullable ContentSeal seal(
      BlobIndex.@Nullable Uncommitted block, ContentFiles.Part part) {
    return block != null && block.content().equals(part.file()) ? block.seal() : null;
  }

  private static Map<String, ContentFiles.Part> committed(Optional<Blob> blob) {
    Map<String, ContentFiles.Part> parts = new LinkedHashMap<>();
    if (blob.isPresent()) {
      long at = 0;
      for (BlobBytes.Block block : blob.get().blocks()) {
        Path piece = block.piece();
        parts.putIfAbsent(
            block.id(),
            piece == null
                ? new ContentFiles.Part(blob.get().content(), at, block.size())
                : new ContentFiles.Part(piece, block.position(), block.size()));
        at += block.size();
      }
    }
    return parts;
  }

  public Response list(StorageRequest request) {
    String type = request.query("blocklisttype").orElse("committed").toLowerCase(Locale.ROOT);
    if (!List.of("committed", "uncommitted", "all").contains(type)) {
      throw StorageErrors.invalidQuery("blocklisttype", type);
    }
    ContainerBlobs container = request.container();
    Optional<Blob> blob = container.read(request::find);
    List<BlobIndex.Uncommitted> uncommitted =
        request.query("snapshot").isPresent()
            ? List.of()
            : container.read(index -> List.copyOf(index.blocks(request.blob()).values()));
    if (blob.isEmpty() && uncommitted.isEmpty()) {
      throw StorageErrors.blobNotFound();
    }
    request.conditions().lease().requireTrue(blob.map(Blob::lease).orElse(Lease.NONE));
    blob.ifPresent(request.conditions()::require);
    Response response = describe(type, blob, uncommitted);
    blob.ifPresent(
        b -> {
          response.with("ETag", "\"" + b.etag() + "\"");
          response.with("Last-Modified", HttpDates.write(b.lastModified()));
        });
    long size = blob.map(Blob::size).orElse(0L);
    return response.with("x-ms-blob-content-length", Long.toString(size));
  }

  private static Response describe(
      String type, Optional<Blob> blob, List<BlobIndex.Uncommitted> uncommitted) {
    XmlDocument xml = new XmlDocument().open("BlockList");
    if (!type.equals("uncommitted")) {
      xml.open("CommittedBlocks");
      blob.ifPresent(b -> b.blocks().forEach(block -> put(xml, block.id(), block.size())));
      xml.close();
    }
    if (!type.equals("committed")) {
      xml.open("UncommittedBlocks");
      uncommitted.forEach(block -> put(xml, block.id(), block.size()));
      xml.close();
    }
    return xml.close().answer(200);
  }

  private static void put(XmlDocument xml, String id, long size) {
    xml.open("Block").put("Name", id).put("Size", Long.toString(size)).close();
  }
}
