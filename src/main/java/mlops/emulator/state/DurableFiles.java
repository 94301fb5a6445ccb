package mlops.emulator.state;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** Files that are whole or absent, whenever the process ends. */
public final class DurableFiles {

  /** Writes a file whole: to a new name, forced to disk, then renamed over the old one. */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, bytes, false);
  }

  /** Writes a file whole that only its owner may read: keys and secrets. */
  public static void writeSecret(Path file, byte[] bytes) throws IOException {
    write(file, bytes, true);
  }

  private static void write(Path file, byte[] bytes, boolean secret) throws IOException {
    Files.createDirectories(parent(file));
    Path fresh = file.resolveSibling(".new-" + UUID.randomUUID());
    try {
      try (FileChannel channel = FileChannel.open(fresh, CREATE_NEW, WRITE)) {
        if (secret) {
          ownerOnly(fresh);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      replace(fresh, file);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Renames a file over another in one step. */
  public static void replace(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Takes a folder away in one step, through a rename into {@code trash}, then deletes it. */
  static void deleteTree(Path directory, Path trash) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    Files.createDirectories(trash);
    Path gone = trash.resolve(UUID.randomUUID().toString());
    try {
      Files.move(directory, gone, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return; // another process was first
    }
    Folders.delete(gone);
  }

  /** Takes the rights of group and others away, where the file system has such rights. */
  static void ownerOnly(Path path) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      String rights = Files.isDirectory(path) ? "rwx------" : "rw-------";
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("a file in a folder is expected: " + file);
    }
    return parent;
  }

  private DurableFiles() {}
}
