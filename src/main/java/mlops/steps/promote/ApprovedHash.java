package mlops.steps.promote;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import mlops.error.MlopsException;

/**
 * The hash that somebody approves, or its first digits.
 *
 * @param digits 8 to 64 hexadecimal digits, in lower case
 */
record ApprovedHash(String digits) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{1,64}");
  private static final int LEAST = 8;

  /**
   * What was given with {@code --approve}.
   *
   * @throws MlopsException INVALID where it can be no hash, or too many begin like that
   */
  static ApprovedHash given(String text) {
    String digits = text.strip().toLowerCase(Locale.ROOT);
    if (!HEX.matcher(digits).matches()) {
      throw MlopsException.invalid(
          "--approve '%s' is no hash of files".formatted(text),
          "Give its hexadecimal digits: promote with --plan shows the model and its hash.");
    }
    if (digits.length() < LEAST) {
      throw MlopsException.invalid(
          "--approve %s has %d digits, which is too few to be sure"
              .formatted(digits, digits.length()),
          "Give the whole hash, or its first %d digits or more.".formatted(LEAST));
    }
    return new ApprovedHash(digits);
  }

  /** Whether a hash begins like that. */
  boolean fits(String hash) {
    return hash.startsWith(digits);
  }

  /** Whether other hashes begin like that, too. */
  boolean isAmbiguous(String hash, Collection<String> all) {
    return all.stream().anyMatch(other -> fits(other) && !other.equals(hash));
  }
}
