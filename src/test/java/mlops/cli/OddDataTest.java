package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a user puts in the place of {@code data/taxi-data.csv}: the job's own words are shown.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OddDataTest {
  private static final String DATA = "data/taxi-data.csv";

  private Site site;
  private List<String> rows;

  @BeforeAll
  void bootstrap(@TempDir Path folder) {
    site = Site.sample(folder);
    rows = site.read(DATA).lines().limit(1500).toList();
    assertEquals(0, site.run("bootstrap"), site::said);
  }

  private void refused(String data, String... words) {
    site.write(DATA, data);
    assertEquals(1, site.run("train"), site::said);
    String said = site.mlops().err();
    assertTrue(said.contains(", in prep_data: Execution failed."), said);
    assertFalse(said.contains("Traceback"), said);
    for (String word : words) {
      assertTrue(said.lines().anyMatch(l -> l.startsWith("    | ") && l.contains(word)), said);
    }
  }

  @Test
  void nothing_at_all() {
    refused("", "taxi-data.csv is empty: not even a header line.");
  }

  @Test
  void a_header_and_no_rows() {
    refused(rows.get(0) + "\n", "only 0 of 0 rows are usable, at least 100 are needed.");
  }

  @Test
  void missing_columns() {
    String few = rows.stream().map(r -> r.replaceFirst("(,[^,]*){2}$", "")).collect(joined());
    refused(few, "lacks the columns dropoff_minute, dropoff_second; it has ");
  }

  @Test
  void semicolons() {
    String data = rows.stream().map(row -> row.replace(',', ';')).collect(joined());
    refused(data, "is not separated by commas; its first line is: ;cost;distance;");
  }

  @Test
  void no_number_where_one_is_needed() {
    String data =
        rows.stream().map(row -> row.replaceFirst(",[0-9][^,]*", ",n/a")).collect(joined());
    refused(data, "0 of 1499 rows are usable", "because a value is missing or not a number");
  }

  @Test
  void no_text() {
    site.write(DATA, "");
    refused("\u00ff\u0000\u0001cost,distance\n\u0000", "taxi-data.csv");
  }

  @Test
  void rows_that_cannot_be_true_are_left_out_and_more_columns_do_no_harm() {
    String data =
        IntStream.range(0, rows.size())
            .mapToObj(i -> i % 50 == 7 ? rows.get(i).replaceFirst(",[0-9.]+", ",") : rows.get(i))
            .map(row -> row + ",more")
            .collect(joined());
    site.write(DATA, data);
    Path logs = site.path("logs");
    assertEquals(0, site.run("train", "--logs", logs.toString()), site::said);
    String log = site.read("logs/prep_data.txt");
    assertTrue(log.contains("dropped 30: 30 because a value is missing or not a number"), log);
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return Collectors.joining("\n", "", "\n");
  }
}
