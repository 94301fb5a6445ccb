package mlops.cli;

import java.io.IOException;
import java.util.List;
import mlops.Golden;

/** What a command shows in terminals of 60, 80 and 120 columns, as a golden file. */
final class Screens {

  /** Its output, and the failures after it. */
  static void check(Site site, String line) throws IOException {
    StringBuilder screens = new StringBuilder();
    for (String columns : List.of("60", "80", "120")) {
      Transcript terminal =
          Transcript.of(site.state()).typing("").variable("MLOPS_COLUMNS", columns);
      terminal.run(line.contains("--plan") ? planning(site, line) : site.words(line.split(" ")));
      int failure = terminal.err().indexOf("\u2717");
      String said = terminal.out() + (failure < 0 ? "" : terminal.err().substring(failure));
      screens.append(
          "── %s in %s columns%n%s%n"
              .formatted(
                  line, columns, same(said.replace(" --profile " + site.path("mlops.yml"), ""))));
    }
    Golden.check("screen-" + line.replaceAll("[ ./-]+", "-") + ".txt", screens.toString());
  }

  /**
   * A plan writes nothing, so it is shown as in the folder of the user: that of tests varies. There
   * may be predictions in it, so others are named.
   */
  private static String[] planning(Site site, String line) {
    String download = line.matches("(batch-score|compare|report) .*") ? " --download scores" : "";
    return (line + download + " --profile " + site.path("mlops.yml")).split(" ");
  }

  /** What differs from run to run, as something of the same length. */
  private static String same(String screen) {
    return screen
        .replaceAll("20[2-9]\\d-\\d\\d-\\d\\dT[\\d:.]+Z", "2026-11-30T16:49:30.123456789Z")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d(?<gap>\\s+)\\d\\d:\\d\\d", "2026-11-30${gap}16:49")
        .replaceAll(
            "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "00000000-0000-0000-0000-000000000000")
        .replaceAll("-[0-9a-f]{12}\\b", "-0123456789ab")
        .replaceAll("(\\d+ min )?\\d+(\\.\\d)? s\\b", "1.2 s")
        .replaceAll("took +registered", "took  registered");
  }

  private Screens() {}
}
