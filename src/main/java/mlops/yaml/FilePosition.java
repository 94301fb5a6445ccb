package mlops.yaml;

import java.nio.file.Path;

/**
 * Where something stands in a file.
 *
 * @param line counted from 1
 * @param column counted from 1, in characters
 */
public record FilePosition(Path file, int line, int column) {

  /** {@code mlops.yml:3:5}. */
  @Override
  public String toString() {
    return "%s:%d:%d".formatted(shown(), line, column);
  }

  /** The path as seen from the working directory where it lies below. */
  String shown() {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = file.toAbsolutePath().normalize();
    boolean below = absolute.startsWith(here) && !absolute.equals(here);
    return (below ? here.relativize(absolute) : file).toString();
  }
}
