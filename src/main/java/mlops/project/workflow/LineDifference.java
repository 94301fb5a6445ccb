package mlops.project.workflow;

import java.util.ArrayList;
import java.util.List;

/** The lines in which two texts differ, as {@code diff} finds them. */
final class LineDifference {
  private final List<String> is;
  private final List<String> wanted;

  /** How many lines both have in common behind a line of each. */
  private final int[][] common;

  private LineDifference(List<String> is, List<String> wanted) {
    this.is = is;
    this.wanted = wanted;
    this.common = new int[is.size() + 1][wanted.size() + 1];
    for (int i = is.size() - 1; i >= 0; i--) {
      for (int j = wanted.size() - 1; j >= 0; j--) {
        common[i][j] =
            is.get(i).equals(wanted.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
  }

  /** Each line that is too much or missing, with its number in the text that it is in. */
  static List<String> between(String is, String wanted) {
    return new LineDifference(is.lines().toList(), wanted.lines().toList()).lines();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < is.size() || j < wanted.size()) {
      if (i < is.size() && j < wanted.size() && is.get(i).equals(wanted.get(j))) {
        i++;
        j++;
      } else if (i < is.size() && (j == wanted.size() || common[i + 1][j] >= common[i][j + 1])) {
        lines.add("line %d, too much: %s".formatted(i + 1, is.get(i++).strip()));
      } else {
        lines.add("line %d, missing: %s".formatted(i + 1, wanted.get(j++).strip()));
      }
    }
    return lines;
  }
}
