package mlops.emulator.run.python.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a shim of pyenv stands for, found as pyenv finds it: by {@code PYENV_VERSION}, the nearest
 * {@code .python-version} above the working directory, or the global {@code version}. A shim itself
 * starts some twenty processes to find the same.
 *
 * @param root of pyenv
 * @param variables of the user
 * @param directory where pyenv would be asked, absolute
 */
record PyenvChoice(Path root, Map<String, String> variables, Path directory) {

  boolean isShim(Path program) {
    return root.resolve("shims").equals(program.getParent());
  }

  /**
   * The program that a shim would start; empty where pyenv itself has to be asked: several versions
   * are chosen, the beginning of one, or one that is not there.
   */
  Optional<Path> behind(Path shim) {
    return words()
        .filter(words -> words.size() == 1 && words.get(0).matches("[\\w.+-]+"))
        .map(words -> root.resolve("versions").resolve(words.get(0)).resolve("bin"))
        .map(bin -> bin.resolve(shim.getFileName()))
        .filter(Files::isExecutable);
  }

  private Optional<List<String>> words() {
    String variable = variables.getOrDefault("PYENV_VERSION", "");
    if (!variable.isEmpty()) {
      return Optional.of(List.of(variable.split(":")));
    }
    List<Path> files = new ArrayList<>();
    for (Path folder = directory; folder != null; folder = folder.getParent()) {
      files.add(folder.resolve(".python-version"));
    }
    files.add(root.resolve("version"));
    return files.stream().filter(Files::isRegularFile).findFirst().flatMap(PyenvChoice::read);
  }

  private static Optional<List<String>> read(Path file) {
    try {
      return Optional.of(List.of(Files.readString(file, UTF_8).strip().split("\\s+")));
    } catch (IOException e) {
      return Optional.empty(); // pyenv says what is wrong with it
    }
  }
}
