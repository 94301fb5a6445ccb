package mlops.emulator.run.python.build;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import mlops.emulator.run.process.Machine;
import mlops.emulator.state.Folders;

/**
 * Where machines have Pythons: on the PATH, and where pyenv, uv, conda, systems and installers put
 * them.
 */
final class InterpreterPlaces {
  private final Map<String, String> variables;
  private final Path home;

  /**
   * @param variables of the user: {@code PATH}, {@code PYENV_ROOT}, {@code UV_PYTHON_INSTALL_DIR}
   */
  InterpreterPlaces(Map<String, String> variables, Path home) {
    this.variables = variables;
    this.home = home;
  }

  /** What {@code python3} may be, the first first. */
  List<Path> usual() {
    return Stream.of("python3", "python")
        .flatMap(name -> onPath(name, true))
        .flatMap(this::behind)
        .toList();
  }

  /** A program, and first what it is known to stand for. */
  private Stream<Path> behind(Path program) {
    Path here = Path.of("").toAbsolutePath();
    PyenvChoice pyenv = new PyenvChoice(pyenv(), variables, here);
    return pyenv.isShim(program)
        ? Stream.concat(pyenv.behind(program).stream(), Stream.of(program))
        : Stream.of(program);
  }

  /**
   * What may be a minor version such as {@code 3.7}, the likeliest first. Shims of pyenv are left
   * out: what they stand for is among its versions, and often they stand for nothing.
   */
  List<Path> of(String minor) {
    List<Path> places = new ArrayList<>(onPath("python" + minor, false).toList());
    for (Path folder : List.of(Path.of("/usr/bin"), Path.of("/usr/local/bin"))) {
      places.add(folder.resolve("python" + minor));
    }
    versions(pyenv().resolve("versions"), minor + "(\\..*)?", places);
    versions(uv(), "cpython-" + minor + "\\..*", places);
    versions(Path.of("/opt"), "(?i).*python.*", places);
    versions(Path.of("/opt/python"), "(cp)?" + minor.replace(".", "\\.?") + "\\b.*", places);
    versions(Path.of("/opt/homebrew/opt"), "python@" + minor, places);
    versions(Path.of("/usr/local/opt"), "python@" + minor, places);
    versions(Path.of("/Library/Frameworks/Python.framework/Versions"), minor, places);
    versions(home, "(?i)\\.?(micromamba|(mini|ana)conda3?|mini(forge|mamba)3?)", places);
    Path programs = Path.of(variables.getOrDefault("LOCALAPPDATA", home.toString()), "Programs");
    versions(programs.resolve("Python"), "Python" + minor.replace(".", ""), places);
    List<Path> named = places.stream().flatMap(p -> exact(p, minor)).toList();
    Set<Path> all = new LinkedHashSet<>(named.stream().filter(Files::isExecutable).toList());
    Stream.of("python3", "python").flatMap(name -> onPath(name, false)).forEach(all::add);
    return List.copyOf(all);
  }

  /** The programs of a folder of an installation, in the spellings that there are. */
  private static Stream<Path> exact(Path place, String minor) {
    if (!Files.isDirectory(place)) {
      return Stream.of(place);
    }
    return Machine.isWindows()
        ? Stream.of(place.resolve("python.exe"))
        : Stream.of(place.resolve("bin/python" + minor), place.resolve("bin/python3"));
  }

  private static void versions(Path folder, String names, List<Path> places) {
    try {
      Folders.list(folder).stream()
          .filter(f -> f.getFileName().toString().matches(names))
          .forEach(places::add);
    } catch (IOException e) {
      return; // one that may not be read has none for us
    }
  }

  private Stream<Path> onPath(String name, boolean shims) {
    String path = variables.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    return Stream.of(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(Path::of)
        .filter(folder -> shims || !folder.equals(pyenv().resolve("shims")))
        .map(folder -> folder.resolve(Machine.isWindows() ? name + ".exe" : name))
        .filter(p -> Files.isExecutable(p) && !Files.isDirectory(p));
  }

  private Path pyenv() {
    String root = variables.getOrDefault("PYENV_ROOT", "");
    return root.isEmpty() ? home.resolve(".pyenv") : Path.of(root);
  }

  private Path uv() {
    String set = variables.getOrDefault("UV_PYTHON_INSTALL_DIR", "");
    String data = variables.getOrDefault("XDG_DATA_HOME", home + "/.local/share");
    return set.isEmpty() ? Path.of(data, "uv", "python") : Path.of(set);
  }
}
