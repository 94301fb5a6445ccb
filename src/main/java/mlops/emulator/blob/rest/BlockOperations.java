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
import mlops.emulator.blob.content.WrittenFile;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.ByteRange;
import mlops.emulator.blob.request.Checksums;
import mlops.emulator.blob.request.Conditions;
import mlops.emulator.blob.request.CopySource;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.request.StorageXml;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobChange;
import mlops.emulator.blob.store.BlobIndex;
import mlops.emulator.blob.store.ContainerBlobs;
import mlops.emulator.blob.store.ContainerEdit;
import mlops.emulator.blob.store.ContentHeaders;
import mlops.emulator.blob.store.Directories;
import mlops.emulator.blob.store.NewBlob;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Response;

/** Put Block, Put Block List and Get Block List. */
public final class BlockOperations {
  private static final int LONGEST_ID = 64;

  private final CopySource sources;

  public BlockOperations(CopySource sources) {
    this.sources = sources;
  }

  public Response put(StorageRequest call) {
    String id = call.query("blockid").orElse("");
    requireBlockId(id);
    ContainerBlobs container = call.container();
    WrittenFile written = write(call, container.contents());
    try {
      Checksums.verify(call, written);
      container.change(
          edit -> {
            for (String other : edit.before().blocks(call.blob()).keySet()) {
              if (other.length() != id.length()) {
                throw ApiException.badRequest(
                    "InvalidBlobOrBlock", "The specified blob or block content is invalid.");
              }
            }
            edit.make(
                BlobChange.block(
                    call.blob(), new BlobIndex.Uncommitted(id, written.size(), written.file())));
            return id;
          });
    } catch (ApiException e) {
      container.contents().discard(written.file());
      throw e;
    }
    return Checksums.tell(
        Response.empty(201).with("x-ms-request-server-encrypted", "true"), call, written);
  }

  private WrittenFile write(StorageRequest call, ContentFiles contents) {
    if (call.header("x-ms-copy-source") == null) {
      return contents.write(call.request().body(), Checksums.wantsMd5(call));
    }
    Blob source = sources.find(call).blob();
    String asked = call.header("x-ms-source-range");
    ByteRange range =
        asked == null ? new ByteRange(0, source.size()) : ByteRange.parse(asked, source.size());
    return contents.write(BlobReads.content(source, range), Checksums.wantsMd5(call));
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

  /** Where the bytes of a block are. */
  private record Found(String id, ContentFiles.Part part) {

    Blob.Block block(boolean whole) {
      return whole
          ? Blob.Block.joined(id, part.size())
          : new Blob.Block(id, part.size(), part.file(), part.position());
    }
  }

  public Response commit(StorageRequest call) {
    ContentHeaders headers = BlobHeaders.ofRequest(call, false);
    Conditions conditions = call.conditions();
    Map<String, String> metadata = call.metadata();
    List<String[]> wanted = wanted(call);
    Blob blob =
        call.container()
            .change(
                edit -> {
                  BlobWrites.requireWritable(call, conditions, edit.before().find(call.blob()));
                  if (wanted.isEmpty()) {
                    return putEmpty(edit, call, headers, metadata);
                  }
                  List<Found> found = find(edit.before(), call.blob(), wanted);
                  return put(edit, call, found, headers, metadata);
                });
    return BlobHeaders.changed(201, blob).with("x-ms-request-server-encrypted", "true");
  }

  private static Blob putEmpty(
      ContainerEdit edit,
      StorageRequest call,
      ContentHeaders headers,
      Map<String, String> metadata) {
    Directories.makeParents(call.account(), edit, call.blob());
    BinaryData nothing = BinaryData.fromBytes(new byte[0]);
    WrittenFile written = call.container().contents().write(nothing, false);
    return edit.put(NewBlob.of(edit, call.blob(), Blob.Kind.BLOCK, written, headers, metadata));
  }

  private static Blob put(
      ContainerEdit edit,
      StorageRequest call,
      List<Found> found,
      ContentHeaders headers,
      Map<String, String> metadata) {
    Directories.makeParents(call.account(), edit, call.blob());
    long size = found.stream().mapToLong(f -> f.part().size()).sum();
    // A blob of several blocks stays in pieces until someone needs it as one file: to copy its
    // bytes now would double the work of every large upload.
    boolean whole = found.size() == 1 && found.get(0).part().position() == 0;
    WrittenFile written =
        new WrittenFile(whole ? found.get(0).part().file() : edit.noContent(), size, null, "");
    List<Blob.Block> blocks = found.stream().map(f -> f.block(whole)).toList();
    Blob fresh =
        NewBlob.of(edit, call.blob(), Blob.Kind.BLOCK, written, headers, metadata)
            .withBlocks(blocks);
    return edit.put(BlobWrites.withTier(call, fresh));
  }

  /** Pairs of where to look for a block, and its id, in the order of the request. */
  private static List<String[]> wanted(StorageRequest call) {
    List<String[]> wanted = new ArrayList<>();
    StorageXml.leaves(
        call.request().body(),
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
      found.add(new Found(block[1], part));
    }
    return found;
  }

  private static Map<String, ContentFiles.Part> committed(Optional<Blob> blob) {
    Map<String, ContentFiles.Part> parts = new LinkedHashMap<>();
    if (blob.isPresent()) {
      long at = 0;
      for (Blob.Block block : blob.get().blocks()) {
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

  public Response list(StorageRequest call) {
    String type = call.query("blocklisttype").orElse("committed").toLowerCase(Locale.ROOT);
    if (!List.of("committed", "uncommitted", "all").contains(type)) {
      throw StorageErrors.invalidQuery("blocklisttype", type);
    }
    ContainerBlobs container = call.container();
    Optional<Blob> blob = container.read(index -> index.find(call.blob()));
    List<BlobIndex.Uncommitted> uncommitted =
        container.read(index -> List.copyOf(index.blocks(call.blob()).values()));
    if (blob.isEmpty() && uncommitted.isEmpty()) {
      throw StorageErrors.blobNotFound();
    }
    Response response = describe(type, blob, uncommitted);
    blob.ifPresent(
        b -> {
          response.with("ETag", "\"" + b.etag() + "\"");
          response.with("Last-Modified", BlobHeaders.date(b.lastModified()));
        });
    long size = blob.map(Blob::size).orElse(0L);
    return response.with("x-ms-blob-content-length", Long.toString(size));
  }

  private static Response describe(
      String type, Optional<Blob> blob, List<BlobIndex.Uncommitted> uncommitted) {
    StorageXml xml = new StorageXml().open("BlockList");
    if (!type.equals("uncommitted")) {
      xml.open("CommittedBlocks");
      blob.ifPresent(b -> b.blocks().forEach(block -> put(xml, block.id(), block.size())));
      xml.close("CommittedBlocks");
    }
    if (!type.equals("committed")) {
      xml.open("UncommittedBlocks");
      uncommitted.forEach(block -> put(xml, block.id(), block.size()));
      xml.close("UncommittedBlocks");
    }
    return xml.close("BlockList").answer();
  }

  private static void put(StorageXml xml, String id, long size) {
    xml.open("Block").put("Name", id).put("Size", Long.toString(size)).close("Block");
  }
}
