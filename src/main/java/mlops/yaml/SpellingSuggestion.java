package mlops.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant to write. */
public final class SpellingSuggestion {

  /** The valid word that is nearest to a wrong one, if any is near. */
  public static Optional<String> nearest(String word, Collection<String> valid) {
    String plain = plain(word);
    int near = Math.max(1, plain.length() / 3);
    return valid.stream()
        .filter(v -> distance(plain, plain(v)) <= near || contains(plain, plain(v)))
        .min(
            Comparator.comparingInt((String v) -> distance(plain, plain(v)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Words for an error: what was meant, or what there is. */
  public static String hint(String word, Collection<String> valid) {
    return nearest(word, valid)
        .map(v -> "did you mean " + v + "?")
        .orElse("valid here: " + String.join(", ", valid));
  }

  /** A way out for a person: what was meant, or what else there is to say. */
  public static String wayOut(String word, Collection<String> valid, String otherwise) {
    return nearest(word, valid).map("Did you mean %s?"::formatted).orElse(otherwise);
  }

  private static boolean contains(String word, String valid) {
    return word.length() > 3 && (valid.contains(word) || word.contains(valid));
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** How many letters to insert, drop, replace or swap with their neighbour. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : cheapest(d, i, j, a, b);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int cheapest(int[][] d, int i, int j, String a, String b) {
    int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best = Math.min(d[i - 1][j - 1] + cost, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
  }

  private SpellingSuggestion() {}
}
