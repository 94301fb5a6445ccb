package mlops.cli.rehearsal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import mlops.error.MlopsException;

/**
 * The workflow file that is rehearsed, and the repository that it lies in.
 *
 * @param root the folder of the repository
 * @param path of the file in it
 */
record RehearsedFile(Path file, Path root, String path) {
  private static final String FOLDER = ".github/workflows";

  /**
   * The file.
   *
   * @param named by the command line
   * @param beside the folder of the profile
   */
  static RehearsedFile of(Optional<Path> named, Path beside) {
    Path file = named.orElseGet(() -> usual(beside)).toAbsolutePath().normalize();
    if (!Files.isRegularFile(file)) {
      throw MlopsException.invalid(
          "There is no workflow " + file,
          "Write one with mlops github workflow, or name another with --workflow.");
    }
    Path folder = Objects.requireNonNull(file.getParent());
    if (!folder.endsWith(FOLDER)) {
      throw MlopsException.invalid(
          file + " does not lie in " + FOLDER,
          "Put it there: GitHub finds workflows nowhere else.");
    }
    Path root = Objects.requireNonNull(Objects.requireNonNull(folder.getParent()).getParent());
    return new RehearsedFile(file, root, FOLDER + "/" + file.getFileName());
  }

  /** {@code mlops.yml} in the repository of the profile, whose folder may lie below it. */
  private static Path usual(Path beside) {
    Path own = Path.of(FOLDER, "mlops.yml");
    for (Path at = beside.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(own))) {
        return at.resolve(own);
      }
    }
    return beside.resolve(own);
  }
}
