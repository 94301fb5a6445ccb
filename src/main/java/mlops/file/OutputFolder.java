package mlops.file;

import java.nio.file.Files;
import java.nio.file.Path;
import mlops.error.MlopsException;

/** A folder that a user names for output; it is made where it is missing. */
public final class OutputFolder {

  /**
   * Asks that a folder, and one below it, can hold files, before anything is done.
   *
   * @param option the option that names it, such as {@code --logs}
   * @throws MlopsException INVALID where it cannot
   */
  public static void require(String option, Path folder, String... below) {
    Path deepest = folder.toAbsolutePath();
    for (String name : below) {
      deepest = deepest.resolve(name);
    }
    Path there = deepest;
    while (there != null && !Files.exists(there)) {
      if (Files.isSymbolicLink(there)) {
        throw unusable(option, folder, there + " is a link that leads nowhere");
      }
      there = there.getParent();
    }
    if (there == null || !Files.isDirectory(there)) {
      String what = Files.isRegularFile(there) ? " is a file" : " is no folder";
      throw unusable(option, folder, there + what);
    }
    if (!Files.isWritable(there)) {
      throw unusable(option, folder, there + " may not be written");
    }
  }

  private static MlopsException unusable(String option, Path folder, String why) {
    return MlopsException.invalid(
        "%s %s cannot hold files: %s".formatted(option, folder, why),
        "Name a folder that may be written.");
  }

  private OutputFolder() {}
}
