package mlops.emulator.blob.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mlops.emulator.blob.content.ContentFiles;
import org.jspecify.annotations.Nullable;

/**
 * One blob, or one directory of an account with a hierarchical namespace, at one moment.
 *
 * @param name in its container, case-sensitive, such as {@code taxibatch/taxi-batch.csv}
 * @param size in bytes
 * @param etag without quotes, new with every change
 * @param content the file that holds the bytes: the first {@code size} bytes of it never change, so
 *     it may be read, copied or hard-linked, never written; of a directory it does not exist
 * @param metadata what users attached, by name
 * @param blocks the committed blocks of a block blob that was put together from blocks
 * @param attributes what else answers carry, by header name, such as {@code x-ms-copy-id}
 */
public record Blob(
    String name,
    Kind kind,
    long size,
    String etag,
    Instant createdOn,
    Instant lastModified,
    Path content,
    ContentHeaders headers,
    Map<String, String> metadata,
    List<Block> blocks,
    Map<String, String> attributes) {

  /** What a name stands for. */
  public enum Kind {
    BLOCK("BlockBlob"),
    APPEND("AppendBlob"),
    DIRECTORY("BlockBlob");

    /** The {@code x-ms-blob-type} of the REST API. */
    public final String type;

    Kind(String type) {
      this.type = type;
    }
  }

  /**
   * A block of a block blob.
   *
   * @param id in base64, as the client chose it
   * @param size in bytes
   * @param piece the file with its bytes, while the blob is in pieces
   * @param position where in that file they start
   */
  public record Block(String id, long size, @Nullable Path piece, long position) {

    /** A block whose bytes are where the blocks before it end. */
    public static Block joined(String id, long size) {
      return new Block(id, size, null, 0);
    }
  }

  /** Whether the bytes are still in the files of the blocks; {@code content} is then no file. */
  public boolean isInPieces() {
    return !blocks.isEmpty() && blocks.get(0).piece() != null;
  }

  /** The files that hold the bytes. */
  List<Path> files() {
    return isInPieces()
        ? blocks.stream().map(Block::piece).map(Objects::requireNonNull).toList()
        : List.of(content);
  }

  /** Where the bytes are, in their order. */
  public List<ContentFiles.Part> parts() {
    if (!isInPieces()) {
      return List.of(new ContentFiles.Part(content, 0, size));
    }
    return blocks.stream()
        .map(b -> new ContentFiles.Part(Objects.requireNonNull(b.piece()), b.position(), b.size()))
        .toList();
  }

  /** The same blob with all its bytes in one file. */
  public Blob joined(Path file) {
    return new Blob(
        name,
        kind,
        size,
        etag,
        createdOn,
        lastModified,
        file,
        headers,
        metadata,
        blocks.stream().map(b -> Block.joined(b.id(), b.size())).toList(),
        attributes);
  }

  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }

  public String contentType() {
    return headers.type();
  }

  /** The MD5 of the content in base64, where it is known. */
  public @Nullable String contentMd5() {
    return headers.md5();
  }

  public Blob named(String newName) {
    return new Blob(
        newName,
        kind,
        size,
        etag,
        createdOn,
        lastModified,
        content,
        headers,
        metadata,
        blocks,
        attributes);
  }

  public Blob sized(long newSize) {
    return new Blob(
        name,
        kind,
        newSize,
        etag,
        createdOn,
        lastModified,
        content,
        headers,
        metadata,
        blocks,
        attributes);
  }

  public Blob stamped(ChangeStamp stamp) {
    return new Blob(
        name,
        kind,
        size,
        stamp.etag(),
        createdOn,
        stamp.time(),
        content,
        headers,
        metadata,
        blocks,
        attributes);
  }

  public Blob with(ContentHeaders newHeaders) {
    return new Blob(
        name,
        kind,
        size,
        etag,
        createdOn,
        lastModified,
        content,
        newHeaders,
        metadata,
        blocks,
        attributes);
  }

  public Blob withMetadata(Map<String, String> newMetadata) {
    return new Blob(
        name,
        kind,
        size,
        etag,
        createdOn,
        lastModified,
        content,
        headers,
        newMetadata,
        blocks,
        attributes);
  }

  public Blob withBlocks(List<Block> newBlocks) {
    return new Blob(
        name,
        kind,
        size,
        etag,
        createdOn,
        lastModified,
        content,
        headers,
        metadata,
        newBlocks,
        attributes);
  }

  public Blob withAttributes(Map<String, String> newAttributes) {
    return new Blob(
        name,
        kind,
        size,
        etag,
        createdOn,
        lastModified,
        content,
        headers,
        metadata,
        blocks,
        newAttributes);
  }
}
