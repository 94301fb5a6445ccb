package mlops.steps.promote;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import mlops.error.MlopsException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ApprovedHashTest {
  private static final String HASH = "0123456789abcdef".repeat(4);

  @Test
  void the_whole_hash_or_eight_digits_and_more_fit_in_any_case() {
    for (String given : List.of(HASH, HASH.substring(0, 8), " 0123456789ABCDEF ")) {
      assertTrue(ApprovedHash.given(given).fits(HASH), given);
    }
    assertFalse(ApprovedHash.given("123456789").fits(HASH));
  }

  @Test
  void fewer_digits_or_other_letters_are_refused_before_anything_is_asked() {
    for (String given : List.of("0123456", "", "looks good", HASH + "0", "0123456g")) {
      assertThrows(MlopsException.class, () -> ApprovedHash.given(given), given);
    }
  }

  @Test
  void digits_that_fit_another_version_too_are_ambiguous_and_the_same_files_are_not() {
    ApprovedHash given = ApprovedHash.given("01234567");
    assertTrue(given.isAmbiguous(HASH, List.of(HASH, "01234567ffff")));
    assertFalse(given.isAmbiguous(HASH, List.of(HASH, HASH, "11234567ffff")));
  }
}
