package mlops.portal.job;

import static mlops.html.Html.at;
import static mlops.html.Html.el;

import java.util.Set;
import mlops.html.Html;

/** How a job stands: a word, and a colour that says the same. */
public record JobStatus(String word) {
  private static final Set<String> BAD = Set.of("Failed", "NotResponding");
  private static final Set<String> OVER =
      Set.of("Completed", "Failed", "Canceled", "NotResponding");

  public Html html() {
    return el("span", at("class", "status " + kind()), word);
  }

  String kind() {
    if (word.equals("Completed")) {
      return "good";
    }
    return BAD.contains(word) ? "bad" : isOver() ? "open" : "live";
  }

  boolean isOver() {
    return OVER.contains(word);
  }
}
