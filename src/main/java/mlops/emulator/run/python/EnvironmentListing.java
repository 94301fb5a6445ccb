package mlops.emulator.run.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlops.emulator.run.python.build.VirtualEnvironment;
import mlops.emulator.run.record.HashedNames;
import mlops.emulator.state.Folders;

/**
 * What was installed into an environment: where jobs are not isolated, one that runs pip changes
 * the environment that others share. Names tell, for those of packages hold their version.
 */
final class EnvironmentListing {
  private static final String FILE = ".installed";

  /** Notes down what is installed now. */
  static void write(Path environment) throws IOException {
    Files.writeString(environment.resolve(FILE), of(environment));
  }

  /** Whether something else is installed than was noted down. */
  static boolean isChanged(Path environment) {
    Path file = environment.resolve(FILE);
    try {
      return Files.exists(file) && !Files.readString(file).equals(of(environment));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String of(Path environment) throws IOException {
    List<String> names = new ArrayList<>();
    List<Path> folders =
        new ArrayList<>(List.of(environment.resolve(VirtualEnvironment.programs())));
    folders.addAll(VirtualEnvironment.packages(environment));
    for (Path folder : folders) {
      for (Path entry : Folders.list(folder)) {
        if (!entry.endsWith("__pycache__")) {
          names.add(environment.relativize(entry).toString());
        }
      }
    }
    return HashedNames.of(String.join("\n", names));
  }

  private EnvironmentListing() {}
}
