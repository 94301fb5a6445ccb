package mlops.emulator.blob.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import mlops.emulator.blob.content.ContentFiles;
import mlops.emulator.blob.content.WrittenFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a blob are: in one file, or still in the files of its blocks.
 *
 * @param file the one file; while the bytes are in pieces, and of a directory, it does not exist
 * @param size in bytes
 * @param blocks the committed blocks of a block blob that was put together from blocks
 */
public record BlobBytes(Path file, long size, List<Block> blocks) {

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
    return new BlobBytes(file, size, List.of());
  }

  public static BlobBytes of(WrittenFile written) {
    return of(written.file(), written.size());
  }

  /** The same file where more, or less, of it counts. */
  public BlobBytes sized(long newSize) {
    return new BlobBytes(file, newSize, blocks);
  }

  public BlobBytes withBlocks(List<Block> newBlocks) {
    return new BlobBytes(file, size, newBlocks);
  }

  /** The same bytes, now all in one file. */
  public BlobBytes joined(Path newFile) {
    List<Block> inOne = blocks.stream().map(b -> Block.joined(b.id(), b.size())).toList();
    return new BlobBytes(newFile, size, inOne);
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
