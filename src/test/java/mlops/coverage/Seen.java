package mlops.coverage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * One kind of exchange that a test has seen.
 *
 * @param operation the name of the route that answered
 * @param client who asked, by its User-Agent
 * @param test the simple name of the test class
 */
record Seen(String operation, int status, String client, String test) {
  /** Which run of tests this is: Maven's, of which several processes may be a part, or another. */
  private static final String RUN = System.getProperty("mlops.run", "run");

  /** Where a run keeps what its tests have seen, and what became of them. */
  static final Path FOLDER = Path.of("target", "coverage", RUN);

  private static final Path FILE = FOLDER.resolve("seen.tsv");

  /** Copies here end at once: an abort comes too late, as it mostly does in Azure. */
  private static final String ABORT =
      "PUT https://{account}.blob.core.windows.net/{container}/{*blob}?comp=copy";

  /** Whether Azure did what it was asked to do. */
  boolean isSuccess() {
    return (status >= 200 && status < 400) || (status == 409 && operation.equals(ABORT));
  }

  /** All that this run has seen so far. */
  static List<Seen> all() throws IOException {
    return Files.exists(FILE)
        ? Files.readAllLines(FILE).stream().map(Seen::parsed).distinct().toList()
        : List.of();
  }

  private static Seen parsed(String line) {
    String[] fields = line.split("\t", -1);
    return new Seen(fields[0], Integer.parseInt(fields[1]), fields[2], fields[3]);
  }

  /** Adds itself to the file of this run: tests share nothing in memory. */
  void keep() {
    append(FILE, "%s\t%d\t%s\t%s\n".formatted(operation, status, client, test));
  }

  static void append(Path file, String line) {
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(file, line, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
