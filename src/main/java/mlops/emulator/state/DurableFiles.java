package mlops.emulator.state;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
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
    createFolders(parent(file));
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

  /** Renames a file over another in one step that survives a failure of the power. */
  public static void replace(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
    forceFolder(parent(to));
  }

  /**
   * Makes a folder and those above it, each of which its parent knows after a power failure too.
   */
  public static void createFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = parent(folder);
    createFolders(parent);
    try {
      Files.createDirectory(folder);
      forceFolder(parent);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      } // else another one was quicker
    }
  }

  /** Forces the names in a folder to disk. Windows neither needs nor allows it. */
  static void forceFolder(Path folder) throws IOException {
    if (hasRights(folder)) {
      try (FileChannel names = FileChannel.open(folder, READ)) {
        names.force(true);
      } catch (NoSuchFileException e) {
        return; // another one has deleted it with all its names
      }
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
    forceFolder(parent(directory));
    Folders.delete(gone);
  }

  /** Takes the rights of group and others away, where the file system has such rights. */
  public static void ownerOnly(Path path) throws IOException {
    if (hasRights(path)) {
      String rights = Files.isDirectory(path) ? "rwx------" : "rw-------";
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }
  }

  private static boolean hasRights(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  static Path parent(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("a file in a folder is expected: " + file);
    }
    return parent;
  }

  private DurableFiles() {}
}
