package mlops.steps.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When two files of predictions are the same, and what is said where they are not. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PredictionComparisonTest {
  @TempDir Path folder;

  @Test
  void the_order_of_rows_and_differences_within_the_tolerance_do_not_count() throws IOException {
    assertTrue(compare("f 1 2.0\nf 2 4.0\n", "f 2 4.0\nf 1 2.0000001\n", 1e-6).isSame());
    PredictionComparison strict = compare("f 1 2.0\n", "f 1 2.25\n", 0.2);
    assertEquals(1, strict.different());
    assertEquals(0.25, strict.largest());
    assertTrue(compare("f 1 2.0\n", "f 1 2.25\n", 0.25).isSame());
  }

  @Test
  void no_number_is_the_same_as_itself_only() throws IOException {
    PredictionComparison alike = compare("f 1 NaN\nf 2 2.0\nf 3 \n", "f 1 NaN\nf 2 2.0\nf 3 \n", 1);
    assertTrue(alike.isSame());
    assertEquals(", 2 of them without a number", alike.blanks());
    assertEquals("", compare("f 1 cat\n", "f 1 cat\n", 0).blanks());
    assertEquals(1, compare("f 1 NaN\n", "f 1 2.0\n", 1e9).different());
    assertEquals(1, compare("f 1 2.0\n", "f 1 nan\n", 1e9).different());
    PredictionComparison none = compare("f 1 2.0\n", "f 1 \n", 1e9);
    assertEquals(1, none.different());
    assertEquals(List.of("row f 1: test 2.0, prod nothing"), none.examples());
  }

  @Test
  void rows_without_a_key_are_told_by_their_place_and_classes_by_their_name() throws IOException {
    assertTrue(compare("1.5\n2.5\n", "1.5\n2.5\n", 0).isSame());
    assertEquals(2, compare("1.5\n2.5\n", "2.5\n1.5\n", 0).different());
    assertEquals(1, compare("f 1 cat\n", "f 1 dog\n", 1e9).different());
  }

  @Test
  void a_header_in_one_file_alone_is_a_row_that_the_other_lacks() throws IOException {
    PredictionComparison found = compare("f 1 2.0\n", "file row prediction\nf 1 2.0\n", 0);
    assertEquals(1, found.extra());
    assertEquals(List.of("row file row is in prod alone"), found.examples());
  }

  @Test
  void the_rows_of_mlflow_deployments_are_compared_by_their_predictions() throws IOException {
    PredictionComparison found =
        compare("0,2.0,a.csv\n1,4.0,a.csv\n", "1,4.1,a.csv\n0,2.0,a.csv\n", 0.01);
    assertEquals(1, found.different());
    assertEquals(List.of("row a.csv 1: test 4.0, prod 4.1"), found.examples());
  }

  @Test
  void large_files_are_compared_in_parts_with_the_same_result() throws IOException {
    List<String> rows =
        IntStream.range(0, 5000).mapToObj(i -> "f%d %d %d.5".formatted(i % 7, i, i)).toList();
    List<String> others = IntStream.range(20, 5000).mapToObj(i -> changed(rows, i)).toList();
    List<String> shuffled = new java.util.ArrayList<>(others);
    Collections.shuffle(shuffled, new Random(1));
    PredictionFile one = file("one", String.join("\n", rows));
    PredictionFile other = file("other", String.join("\n", shuffled));
    PredictionComparison whole = PredictionComparison.of(one, other, 0.1, Long.MAX_VALUE);
    PredictionComparison parts = PredictionComparison.of(one, other, 0.1, 4096);
    assertEquals(20, whole.missing());
    assertEquals(5, whole.different());
    assertEquals(counts(whole), counts(parts));
    assertFalse(parts.examples().isEmpty());
  }

  private static String changed(List<String> rows, int i) {
    return i % 1000 == 500 ? rows.get(i).replace(".5", ".9") : rows.get(i);
  }

  private static String counts(PredictionComparison c) {
    return List.of(c.rows(), c.missing(), c.extra(), c.different()).stream()
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  private PredictionComparison compare(String test, String prod, double tolerance)
      throws IOException {
    return PredictionComparison.of(file("test", test), file("prod", prod), tolerance);
  }

  private PredictionFile file(String name, String text) throws IOException {
    return PredictionFile.read(Files.writeString(folder.resolve(name), text), name, "");
  }
}
