package mlops.emulator.run.python.build;

import java.nio.file.Path;
import java.util.List;

/**
 * A Python that runs.
 *
 * @param path its executable, as it names itself
 * @param version in full, such as {@code 3.11.7}
 * @param packages the folders in which it finds packages that were installed
 */
public record Interpreter(Path path, String version, List<Path> packages) {

  /** The start of a command line that runs a module of it. */
  List<String> module(String name) {
    return List.of(path.toString(), "-m", name);
  }

  /** As people are told of it. */
  @Override
  public String toString() {
    return "Python %s (%s)".formatted(version, path);
  }
}
