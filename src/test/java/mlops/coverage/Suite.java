package mlops.coverage;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of the test classes of this run, by their simple names.
 *
 * @param missing those that this run left out
 * @param skipped those of which at least a part was skipped
 * @param failed those of which at least a part failed
 * @param elsewhere those that run other people's clients, where this run is not theirs
 */
record Suite(Set<String> missing, Set<String> skipped, Set<String> failed, Set<String> elsewhere) {
  private static final Path FILE = Seen.FOLDER.resolve("ran.tsv");

  /** What happened to a test, or to a whole class of them. */
  enum Fate {
    RAN,
    SKIPPED,
    FAILED
  }

  /** Forgets the run before this one, where it has the same name: outside Maven. */
  static void begin() throws IOException {
    if (System.getProperty("mlops.run") != null) {
      return;
    }
    for (String old : List.of("ran.tsv", "seen.tsv")) {
      Files.deleteIfExists(Seen.FOLDER.resolve(old));
    }
  }

  static void note(String test, Fate fate) {
    Seen.append(FILE, test + "\t" + fate + "\n");
  }

  /** This run so far; who asks is not counted. */
  static Suite soFar(Class<?> asking) throws IOException, URISyntaxException {
    List<String> lines = Files.exists(FILE) ? Files.readAllLines(FILE) : List.of();
    Set<String> ran = lines.stream().map(line -> line.split("\t")[0]).collect(Collectors.toSet());
    ran.add(asking.getSimpleName());
    return new Suite(
        without(ran, compiled(asking, "Test.class")),
        with(Fate.SKIPPED, lines),
        with(Fate.FAILED, lines),
        without(ran, compiled(asking, "ClientsCheck.class")));
  }

  private static Set<String> without(Set<String> ran, Set<String> all) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(ran);
    return rest;
  }

  private static Set<String> with(Fate fate, List<String> lines) {
    return lines.stream()
        .map(line -> line.split("\t"))
        .filter(fields -> fields[1].equals(fate.name()))
        .map(fields -> fields[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The simple names of classes whose files end so. */
  private static Set<String> compiled(Class<?> asking, String end)
      throws IOException, URISyntaxException {
    Path classes = Path.of(asking.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(end) && !name.contains("$"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .collect(Collectors.toSet());
    }
  }
}
