package mlops.emulator.serve;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import mlops.emulator.http.Json;
import mlops.emulator.state.DurableFiles;
import mlops.emulator.state.StateTree;

/**
 * The right to serve a state, which one process has at a time. It ends with the process, however
 * that ends: it is a lock on a file, and the address beside it counts only while the lock is held.
 */
public final class ServeLock implements AutoCloseable {
  private final FileChannel channel;
  private final Path address;

  private ServeLock(FileChannel channel, Path address) {
    this.channel = channel;
    this.address = address;
  }

  /** Takes it, unless another has it. */
  public static Optional<ServeLock> take(StateTree state) {
    return take(state.folder().resolve("serve"));
  }

  private static Optional<ServeLock> take(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel = FileChannel.open(folder.resolve(".lock"), CREATE, WRITE);
      if (locked(channel)) {
        return Optional.of(new ServeLock(channel, folder.resolve("address.json")));
      }
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this very process has it
    }
  }

  /** Where the state is served now, if it is. */
  public static Optional<ServeAddress> address(StateTree state) {
    return address(state.folder());
  }

  /** The same of a state that is not opened for it. */
  public static Optional<ServeAddress> address(Path state) {
    Path folder = state.resolve("serve");
    Path file = folder.resolve("address.json");
    if (!Files.exists(file)) {
      return Optional.empty(); // to try the lock would be in the way of one who begins to serve
    }
    Optional<ServeLock> free = take(folder);
    if (free.isPresent()) {
      free.get().close();
      return Optional.empty();
    }
    try {
      JsonNode kept = Json.MAPPER.readTree(Files.readAllBytes(file));
      return Optional.of(
          new ServeAddress(
              kept.path("port").asInt(),
              kept.path("pid").asLong(),
              Path.of(kept.path("caFile").asText())));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // it is about to start, or to end
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets others find the service. */
  public void publish(LoopbackServer server) throws IOException {
    ObjectNode kept = Json.object().put("port", server.port());
    kept.put("pid", ProcessHandle.current().pid());
    kept.put("caFile", server.caFile().toAbsolutePath().toString());
    DurableFiles.write(address, Json.bytes(kept));
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(address);
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
