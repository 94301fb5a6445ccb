package mlops.emulator.state;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Folders that others write to, perhaps at this moment: other processes, which delete, and jobs,
 * which may nest folders as deep as they like and take their own rights on them away.
 */
public final class Folders {
  private static final Set<PosixFilePermission> RIGHTS =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  /** What is directly in a folder, by name; nothing where there is no such folder. */
  public static List<Path> list(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(entries);
    return entries;
  }

  /**
   * All that is no folder in a folder and those below it, in the order of the paths. Links are not
   * followed; what is deleted meanwhile is left out.
   */
  public static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    Deque<Path> left = new ArrayDeque<>(List.of(folder));
    while (!left.isEmpty()) {
      for (Path entry : list(left.pop())) {
        if (isFolder(entry)) {
          left.push(entry);
        } else {
          files.add(entry);
        }
      }
    }
    Collections.sort(files);
    return files;
  }

  /** Gives back the rights that the owner of a folder and of those below it needs to read them. */
  public static void open(Path folder) throws IOException {
    Deque<Path> left = new ArrayDeque<>(List.of(folder));
    while (!left.isEmpty()) {
      Path next = left.pop();
      allow(next);
      list(next).stream().filter(Folders::isFolder).forEach(left::push);
    }
  }

  /**
   * Deletes a folder with all that is in it, whoever took which rights away. Folders in it are
   * moved up before they are emptied, so no path grows too long for the system.
   *
   * @return false where something cannot be deleted; it stays, and with it the folder
   */
  public static boolean delete(Path folder) {
    if (!isFolder(folder)) {
      return true;
    }
    Deque<Path> left = new ArrayDeque<>();
    empty(folder, folder, left);
    while (!left.isEmpty()) {
      Path next = left.pop();
      empty(next, folder, left);
      deleteOne(next);
    }
    return deleteOne(folder);
  }

  private static void empty(Path folder, Path top, Deque<Path> left) {
    allow(folder);
    try {
      for (Path entry : list(folder)) {
        if (isFolder(entry)) {
          left.push(folder.equals(top) ? entry : moved(entry, top));
        } else {
          deleteOne(entry);
        }
      }
    } catch (IOException e) {
      return; // then it cannot be deleted either, which is what is told
    }
  }

  private static Path moved(Path folder, Path top) throws IOException {
    allow(folder); // to move a folder is to write to it
    return Files.move(folder, top.resolve(UUID.randomUUID().toString()));
  }

  private static boolean deleteOne(Path path) {
    try {
      Files.deleteIfExists(path);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Lets its owner read, write and enter a folder, or read a file. */
  public static void allow(Path path) {
    if (Files.isSymbolicLink(path)
        || !path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try {
      PosixFileAttributes now = Files.readAttributes(path, PosixFileAttributes.class);
      Set<PosixFilePermission> rights = new HashSet<>(now.permissions());
      if (rights.addAll(now.isDirectory() ? RIGHTS : Set.of(PosixFilePermission.OWNER_READ))) {
        Files.setPosixFilePermissions(path, rights);
      }
    } catch (IOException e) {
      return; // it is gone, or another user's: who needs the right finds that it is not there
    }
  }

  private Folders() {}
}
