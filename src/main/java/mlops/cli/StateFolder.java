package mlops.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import mlops.MlopsException;

/** The folder of a local Azure. It is thrown away whole, so nothing else may lie in it. */
public final class StateFolder {

  /**
   * Asks that a folder is the state of a local Azure, or may become one.
   *
   * @throws MlopsException INVALID where it is a file, or holds something else
   */
  public static void require(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw MlopsException.invalid(
          "The state folder " + folder + " is a file",
          "Name a folder with --state or MLOPS_STATE.");
    }
    if (Files.isDirectory(folder) && !isState(folder) && !isEmpty(folder)) {
      throw MlopsException.invalid(
          folder + " is not the state of a local Azure: other files lie in it",
          "Name a folder of its own with --state or MLOPS_STATE.");
    }
  }

  static boolean isState(Path folder) {
    return Files.exists(folder.resolve(".lock"));
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be read", e);
    }
  }

  private StateFolder() {}
}
