package mlops.emulator.blob.tag;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import mlops.emulator.http.ApiException;

/**
 * An expression about tags, such as {@code "Rank" >= '010' AND "Status" = 'Done'}: of a condition
 * ({@code x-ms-if-tags}), or of a search. Values are compared as text.
 *
 * @param names the tags that it looks at
 * @param test whether a blob's tags are as it says
 */
public record TagExpression(Set<String> names, Predicate<Map<String, String>> test) {
  /** The name by which a search names the container, as if it were a tag. */
  public static final String CONTAINER = "@container";

  /**
   * What a condition asks of the tags of a blob.
   *
   * @param malformed what is thrown where it is none
   */
  public static TagExpression condition(String text, Supplier<ApiException> malformed) {
    return new TagExpressionParser(text, false, malformed).parse();
  }

  /** The same of a search, which knows {@code AND} alone and {@code @container}. */
  public static TagExpression search(String text, Supplier<ApiException> malformed) {
    return new TagExpressionParser(text, true, malformed).parse();
  }
}
