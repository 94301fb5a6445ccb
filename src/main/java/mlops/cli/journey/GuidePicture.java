package mlops.cli.journey;

import java.util.ArrayList;
import java.util.List;
import mlops.cli.terminal.Style;
import mlops.cli.terminal.TerminalWidth;
import mlops.profile.Profile;

/**
 * The environments side by side, as far as they have come; one below the other where it is narrow.
 */
record GuidePicture(Profile profile, GuideProgress progress, Style style, int columns) {
  private static final String ARROW = "  →  ";

  List<String> lines() {
    List<List<String>> boxes = profile.environments().stream().map(this::box).toList();
    int width =
        boxes.stream().flatMap(List::stream).mapToInt(TerminalWidth::length).max().orElse(0);
    int needed = boxes.size() * (width + ARROW.length());
    if (needed > columns) {
      return boxes.stream().flatMap(List::stream).toList();
    }
    List<String> lines = new ArrayList<>();
    int rows = boxes.stream().mapToInt(List::size).max().orElse(0);
    for (int row = 0; row < rows; row++) {
      StringBuilder line = new StringBuilder();
      for (List<String> box : boxes) {
        String text = row < box.size() ? box.get(row) : "";
        boolean last = box == boxes.get(boxes.size() - 1);
        line.append(text).append(" ".repeat(last ? 0 : width - TerminalWidth.length(text)));
        line.append(last ? "" : row == 0 ? ARROW : " ".repeat(ARROW.length()));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private List<String> box(Profile.Environment environment) {
    String env = environment.name();
    List<String> lines = new ArrayList<>();
    lines.add(style.bold(env));
    lines.add(environment.workspace());
    lines.add(mark("workspace." + env, "set up", "not set up"));
    if (env.equals(profile.training().name())) {
      lines.add(mark("lineage", "model trained", "no model of these settings"));
    } else {
      lines.add(mark("model." + env, "model is here", "model is not here"));
      lines.add(mark("deployment." + env, "endpoint serves it", "nothing serves it"));
      lines.add(mark("predictions." + env, "scored", "not scored"));
    }
    return lines;
  }

  private String mark(String step, String yes, String no) {
    return progress.stands(step) ? style.good("✓") + " " + yes : style.dim("· " + no);
  }
}
