package mlops.emulator.run.python.requirement;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The lines of a list that pip reads: options and requirements.
 *
 * <p>Packages of Azure ML's own are installed where they can be had; some are for Azure alone, or
 * are not made for every Python.
 */
final class PipLines {
  /** Options that say where packages are from; those of how pip works are no part of a list. */
  private static final Set<String> PLACES =
      Set.of(
          "-i",
          "--index-url",
          "--extra-index-url",
          "-f",
          "--find-links",
          "--trusted-host",
          "--no-binary",
          "--only-binary",
          "-c",
          "--constraint");

  private static final Set<String> FLAGS = Set.of("--no-index", "--pre");

  final List<String> options = new ArrayList<>();
  final List<String> packages = new ArrayList<>();
  final List<String> wished = new ArrayList<>();
  final List<String> leftOut = new ArrayList<>();

  /** Whether an option says which packages are taken, and has no value. */
  static boolean isFlag(String option) {
    return FLAGS.contains(option);
  }

  /** Whether an option says where packages are from, and has a value. */
  static boolean isPlace(String option) {
    return PLACES.contains(option);
  }

  /** Reads a line as people write it, with what they say of it. */
  void add(String written) {
    String line = CondaSpec.withoutComment(written);
    if (line.startsWith("-")) {
      option(line);
    } else if (!line.isEmpty()) {
      boolean ofAzure = PipRequirement.parse(line).name().startsWith("azureml");
      (ofAzure ? wished : packages).add(line);
    }
  }

  private void option(String line) {
    String[] words = line.split("[\\s=]+", 2);
    if (FLAGS.contains(words[0])) {
      options.add(words[0]);
    } else if (PLACES.contains(words[0]) && words.length == 2) {
      options.addAll(List.of(words[0], words[1].strip()));
    } else if (!line.startsWith("--no-cache-dir")) {
      leftOut.add(line);
    }
  }

  Requirements with(PythonVersions python) {
    return new Requirements(python, options, packages, wished, leftOut);
  }
}
