package mlops.yaml;

import java.nio.file.Path;

/**
 * Where something stands in a file.
 *
 * @param line counted from 1
 * @param column counted from 1, in characters
 */
public record FilePosition(Path file, int line, int column) {

  /** {@code mlops.yml:3:5}, the path as seen from the working directory where it lies below. */
  @Override
  public String toString() {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = file.toAbsolutePath().normalize();
    Path shown = absolute.startsWith(here) ? here.relativize(absolute) : file;
    return "%s:%d:%d".formatted(shown, line, column);
  }
}
