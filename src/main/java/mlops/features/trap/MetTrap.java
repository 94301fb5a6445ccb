package mlops.features.trap;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A trap that definitions or data meet.
 *
 * @param where the feature set, or the file of observations
 * @param why what there meets it
 */
public record MetTrap(AzureTrap trap, String where, String why) {

  /** All of them, by number. */
  public static List<MetTrap> sorted(Stream<MetTrap> met) {
    return met.distinct()
        .sorted(
            Comparator.comparing((MetTrap m) -> m.trap().number)
                .thenComparing(MetTrap::where)
                .thenComparing(MetTrap::why))
        .toList();
  }
}
