package mlops.emulator.arm.tag;

import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;

/** What a tag may be called, and how long its value may be. */
final class TagName {
  private static final int LONGEST = 512;
  private static final int LONGEST_VALUE = 256;
  private static final Pattern RESERVED = Pattern.compile("[<>%&\\\\?/\\p{Cntrl}]");

  /**
   * Asks that a tag has a valid name and value.
   *
   * @throws ApiException 400
   */
  static void require(String name, String value) {
    if (RESERVED.matcher(name).find()) {
      throw ApiException.badRequest(
          "InvalidTagNameCharacters",
          "The tag names '%s' have reserved characters '<,>,%%,&,\\,?,/' or control characters."
              .formatted(name));
    }
    if (name.isBlank() || name.length() > LONGEST || value.length() > LONGEST_VALUE) {
      throw ApiException.badRequest(
          "InvalidTag",
          "The tag '%s' is invalid: a name has 1 to %d characters, a value at most %d."
              .formatted(name, LONGEST, LONGEST_VALUE));
    }
  }

  private TagName() {}
}
