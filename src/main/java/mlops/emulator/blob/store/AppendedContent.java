package mlops.emulator.blob.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.azure.core.util.BinaryData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.blob.content.WrittenFile;

/** Content that grows at its end: what was there stays as it was, byte for byte. */
final class AppendedContent {

  static Blob append(
      Accounts.Account account, ContainerBlobs container, String name, byte[] bytes) {
    return container.change(
        edit -> {
          Optional<Blob> there = edit.before().find(name).filter(b -> b.kind() == Blob.Kind.APPEND);
          if (there.isPresent()) {
            Blob blob = there.get();
            writeAt(blob.content(), blob.size(), bytes);
            return edit.put(blob.sized(blob.size() + bytes.length));
          }
          Directories.makeParents(account, edit, name);
          WrittenFile written = container.contents().write(BinaryData.fromBytes(bytes), false);
          ContentHeaders headers = ContentHeaders.ofType(null);
          return edit.put(NewBlob.of(edit, name, Blob.Kind.APPEND, written, headers, Map.of()));
        });
  }

  /** Writes behind what is committed; it counts only once the index says so. */
  static void writeAt(Path content, long position, byte[] bytes) {
    try (FileChannel out = FileChannel.open(content, CREATE, WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer, position + buffer.position());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AppendedContent() {}
}
