package mlops.portal.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static mlops.html.Html.at;
import static mlops.html.Html.el;

import java.util.ArrayList;
import java.util.List;
import mlops.azure.ml.RunClient;
import mlops.azure.ml.RunClient.Run;
import mlops.html.Html;
import mlops.portal.shown.Links;

/** What the programs of a job printed: the end of each log. */
record PrintedLogs(RunClient runs, String workspace) {
  /** Of a job with more, such as a sweep, the first are shown. */
  private static final int MOST = 24;

  private static final int LINES = 200;
  private static final int BYTES = 64 << 10;

  /**
   * The logs of some runs.
   *
   * @param id of the list that they are in
   */
  Html html(String id, List<Run> leaves) {
    List<Html> logs = new ArrayList<>();
    List<Run> printed = leaves.stream().filter(leaf -> leaf.userLog().isPresent()).toList();
    for (Run leaf : printed.subList(0, Math.min(MOST, printed.size()))) {
      logs.add(log(leaf, leaf.userLog().orElseThrow()));
    }
    if (printed.size() > MOST) {
      logs.add(Html.none("mlops logs shows the other %d.".formatted(printed.size() - MOST)));
    }
    Html all = logs.isEmpty() ? Html.none("Nothing has been printed yet.") : Html.all(logs);
    return el("div", at("id", id), at("class", "grows"), all);
  }

  private Html log(Run leaf, String address) {
    byte[] end = runs.logEnd(address, BYTES);
    List<String> lines = new String(end, UTF_8).lines().toList();
    int hidden = Math.max(0, lines.size() - LINES);
    String text = String.join("\n", lines.subList(hidden, lines.size()));
    String start = hidden == 0 && end.length < BYTES - 1 ? "" : "… the end of it\n";
    String title = "Log of " + leaf.name();
    return el(
        "details",
        at("id", Links.anchor("log", workspace, leaf.id())),
        el("summary", title),
        el(
            "pre",
            at("class", "live"),
            at("id", Links.anchor("text", workspace, leaf.id())),
            at("tabindex", "0"),
            at("role", "group"),
            at("aria-label", title),
            text.isBlank() ? "(it printed nothing)" : start + text));
  }
}
