package mlops.emulator.run.python.build;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.emulator.run.process.Machine;

/**
 * A program of the conda family that the user has.
 *
 * @param name {@code micromamba}, {@code mamba} or {@code conda}
 */
public record CondaProgram(String name, Path path) {
  /** The quickest first. */
  private static final List<String> NAMES = List.of("micromamba", "mamba", "conda");

  /** The variables in which shells that were set up for them keep where they are. */
  private static final List<String> VARIABLES = List.of("MAMBA_EXE", "CONDA_EXE");

  /**
   * One that is there.
   *
   * @param variables of the user
   */
  public static Optional<CondaProgram> find(Map<String, String> variables) {
    if (Machine.isWindows()) {
      return Optional.empty(); // its environments are laid out otherwise there
    }
    List<Path> candidates =
        Stream.concat(
                VARIABLES.stream().map(name -> variables.getOrDefault(name, "")),
                NAMES.stream().flatMap(name -> onPath(variables, name)))
            .filter(path -> !path.isEmpty())
            .map(Path::of)
            .toList();
    return NAMES.stream()
        .flatMap(
            name ->
                candidates.stream()
                    .filter(p -> p.endsWith(name) && Files.isExecutable(p) && !Files.isDirectory(p))
                    .map(p -> new CondaProgram(name, p)))
        .findFirst();
  }

  private static Stream<String> onPath(Map<String, String> variables, String name) {
    return Stream.of(variables.getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> folder + "/" + name);
  }

  /** The start of a command line that makes an environment of a file. */
  List<String> create() {
    return name.equals("micromamba")
        ? List.of(path.toString(), "create")
        : List.of(path.toString(), "env", "create");
  }
}
