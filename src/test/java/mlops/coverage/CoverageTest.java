package mlops.coverage;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * What the embedded Azure answers, as the tests of this run have seen it: {@code COVERAGE.md} below
 * {@code target/coverage}, and its committed copy. It judges runs of all tests alone.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Order(Integer.MAX_VALUE) // when all others have run
class CoverageTest {
  private static final Path COMMITTED = Path.of(".github", "COVERAGE.md");

  @Test
  void the_coverage_page_is_what_the_tests_have_seen() throws Exception {
    Suite suite = Suite.soFar(CoverageTest.class);
    assumeTrue(suite.missing().isEmpty(), "this run leaves out tests, as " + suite.missing());
    assumeTrue(suite.failed().isEmpty(), () -> "what failed comes first: " + suite.failed());
    SortedSet<String> operations = Operations.all();
    List<Seen> seen = Seen.all();
    CoveragePage now = CoveragePage.of(operations, seen);
    Files.writeString(Seen.FOLDER.resolve("COVERAGE.md"), now.text());
    boolean refresh = System.getProperty("golden", "").equals("refresh");
    if (refresh) {
      assumeTrue(suite.skipped().isEmpty(), () -> "not written, as skipped: " + suite.skipped());
      CoveragePage before = CoveragePage.parse(Files.readString(COMMITTED));
      Set<String> unseen = suite.elsewhere().isEmpty() ? Set.of() : KnownClients.INSTALLED;
      Files.writeString(COMMITTED, now.with(before, unseen, suite.elsewhere()).text());
    }
    CoveragePage page = CoveragePage.parse(Files.readString(COMMITTED));
    List<String> wrong =
        new CoverageVerdict(operations, seen, suite.skipped(), suite.elsewhere()).on(page);
    assertTrue(wrong.isEmpty(), () -> COMMITTED + " is not true:\n" + String.join("\n", wrong));
  }
}
