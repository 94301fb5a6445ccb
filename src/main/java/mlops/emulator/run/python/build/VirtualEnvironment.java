package mlops.emulator.run.python.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.run.process.Machine;
import mlops.emulator.run.python.requirement.PipRequirement;
import mlops.emulator.state.Folders;

/** Where things lie in a virtual environment (PEP 405). */
public final class VirtualEnvironment {
  private static final Pattern INSTALLED = Pattern.compile("(.+?)-([^-]+)\\.(?:dist|egg)-info");

  /** The folder of programs, in the environment's. */
  public static String programs() {
    return Machine.isWindows() ? "Scripts" : "bin";
  }

  public static Path python(Path environment) {
    return environment.resolve(programs()).resolve(Machine.isWindows() ? "python.exe" : "python");
  }

  /** The folders that packages are installed into: one, where the environment is whole. */
  public static List<Path> packages(Path environment) {
    List<Path> folders = new ArrayList<>();
    for (Path library : list(environment.resolve(Machine.isWindows() ? "Lib" : "lib"))) {
      if (library.endsWith("site-packages")) {
        folders.add(library);
      } else if (library.getFileName().toString().startsWith("python")) {
        folders.add(library.resolve("site-packages"));
      }
    }
    return folders;
  }

  /** The version of each package that is installed, by its normalised name. */
  public static Map<String, String> installed(Path environment) {
    Map<String, String> versions = new TreeMap<>();
    for (Path folder : packages(environment)) {
      for (Path entry : list(folder)) {
        Matcher m = INSTALLED.matcher(entry.getFileName().toString());
        if (m.matches()) {
          versions.put(PipRequirement.normalised(m.group(1)), m.group(2));
        }
      }
    }
    return versions;
  }

  private static List<Path> list(Path folder) {
    try {
      return Folders.list(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private VirtualEnvironment() {}
}
