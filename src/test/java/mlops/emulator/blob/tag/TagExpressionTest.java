package mlops.emulator.blob.tag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import mlops.emulator.http.ApiException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions about tags, in conditions and in searches. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TagExpressionTest {
  private static final Map<String, String> TAGS =
      Map.of("Status", "Done", "Rank", "010", "my key", "it's", TagExpression.CONTAINER, "c");

  private static ApiException malformed() {
    return ApiException.badRequest("Malformed", "malformed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"Status\" = 'Done'|true",
        "Status='Done'|true",
        "Status <> 'Done'|false",
        "Other <> 'Done'|false",
        "Rank >= '010' AND Rank < '011'|true",
        "Rank > '010'|false",
        "Status = 'x' OR Rank <= '010'|true",
        "Status = 'x' and Rank = '1' or \"my key\" = 'it''s'|true"
      })
  void a_condition_is_true_or_not(String text, boolean met) {
    assertEquals(
        met, TagExpression.condition(text, TagExpressionTest::malformed).test().test(TAGS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"@container = 'c' AND Status = 'Done'|true", "@container='d'|false"})
  void a_search_may_name_the_container(String text, boolean met) {
    assertEquals(met, TagExpression.search(text, TagExpressionTest::malformed).test().test(TAGS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "Status", "Status = ", "Status = Done", "'Status' = 'Done'", "Status = 'Done' AND",
        "Status <> 'Done'", "Status = 'a' OR Rank = 'b'", "@other = 'c'", "@container > 'c'",
            "a = 'x' b = 'y'", "a ! 'x'"
      })
  void what_is_no_search_is_refused(String text) {
    assertThrows(
        ApiException.class, () -> TagExpression.search(text, TagExpressionTest::malformed));
  }
}
