package mlops.emulator.state;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folders with all that is in them, while others delete there: what is gone when its turn comes has
 * never been there. {@link Files#walk} fails half way then.
 */
public final class FileTree {

  /** The files below a folder, in no order. */
  public static List<Path> files(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    visit(folder, found, new ArrayList<>());
    return found;
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    visit(folder, files, folders);
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    for (Path deepestFirst : folders) {
      try {
        Files.deleteIfExists(deepestFirst);
      } catch (DirectoryNotEmptyException e) {
        // somebody who has it open still writes there; the next one to tidy up takes it
      }
    }
  }

  private static void visit(Path folder, List<Path> files, List<Path> folders) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            return unlessGone(e);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            folders.add(visited);
            return e == null ? FileVisitResult.CONTINUE : unlessGone(e);
          }
        });
  }

  private static FileVisitResult unlessGone(IOException e) throws IOException {
    if (e instanceof NoSuchFileException || e instanceof NotDirectoryException) {
      return FileVisitResult.CONTINUE;
    }
    throw e;
  }

  private FileTree() {}
}
