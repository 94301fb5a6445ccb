package mlops.emulator.blob.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import mlops.emulator.blob.content.ContentFiles;
import mlops.emulator.blob.content.ContentSeal;
import mlops.emulator.blob.content.Crc64;
import mlops.emulator.blob.content.WrittenFile;
import mlops.emulator.state.BrokenFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a blob are: in one file, or still in the files of its blocks.
 *
 * @param file the one file; while the bytes are in pieces, and of a directory, it does not exist
 * @param size in bytes
 * @param blocks the committed blocks of a block blob that was put together from blocks
 * @param seal tells whether the one file is as it was written; null where it may grow
 */
public record BlobBytes(Path file, long size, List<Block> blocks, @Nullable ContentSeal seal) {
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

  public static BlobBytes of(Path file, long size) {
    return new BlobBytes(file, size, List.of(), null);
  }

  public static BlobBytes of(WrittenFile written) {
    return new BlobBytes(written.file(), written.size(), List.of(), ContentSeal.of(written));
  }

  /** The same file where more, or less, of it counts. */
  public BlobBytes sized(long newSize) {
    return new BlobBytes(file, newSize, blocks, null);
  }

  /**
   * The same file with more behind its end, sealed so that a change of it is seen later. Of what
   * was there nothing is read, unless an older version left it without a seal.
   *
   * @param crc64 of what is new
   */
  public BlobBytes grown(long more, String crc64) {
    if (seal == null) {
      return sized(size + more).sealed();
    }
    try {
      Instant modified = Files.getLastModifiedTime(file).toInstant();
      String whole = Crc64.combined(seal.crc64(), crc64, more);
      return new BlobBytes(file, size + more, blocks, new ContentSeal(whole, modified));
    } catch (IOException e) {
      throw BrokenFile.of(file, e).failure(e);
    }
  }

  /** The same bytes, read so that a change of them is seen later. */
  public BlobBytes sealed() {
    try {
      return new BlobBytes(file, size, blocks, ContentSeal.of(file, size));
    } catch (IOException e) {
      throw BrokenFile.of(file, e).failure(e);
    }
  }

  public BlobBytes withBlocks(List<Block> newBlocks) {
    return new BlobBytes(file, size, newBlocks, seal);
  }

  /** The same bytes, now all in one file. */
  public BlobBytes joined(WrittenFile written) {
    List<Block> inOne = blocks.stream().map(b -> Block.joined(b.id(), b.size())).toList();
    return new BlobBytes(written.file(), size, inOne, ContentSeal.of(written));
  }

  /** The same bytes by a second name of their one file. */
  public BlobBytes linked(Path name) {
    return new BlobBytes(name, size, blocks, seal);
  }

  /** Asks that the one file holds what was written. */
  void requireWhole(String blob) {
    try {
      if (seal != null && !isInPieces() && !seal.holds(file, size)) {
        throw new IOException(
            "the content of blob %s was changed behind the back of the embedded Azure"
                .formatted(blob));
      }
    } catch (IOException e) {
      throw BrokenFile.of(file, e).failure(e);
    }
  }

  boolean isInPieces() {
    return !blocks.isEmpty() && blocks.get(0).piece() != null;
  }

  /** The files that hold the bytes. */
  List<Path> files() {
    return isInPieces()
        ? blocks.stream().map(Block::piece).map(Objects::requireNonNull).toList()
        : List.of(file);
  }

  /** Where the bytes are, in their order. */
  List<ContentFiles.Part> parts() {
    if (!isInPieces()) {
      return List.of(new ContentFiles.Part(file, 0, size));
    }
    return blocks.stream()
        .map(b -> new ContentFiles.Part(Objects.requireNonNull(b.piece()), b.position(), b.size()))
        .toList();
  }
}
