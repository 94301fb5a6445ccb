package mlops.portal.shown;

import static mlops.html.Html.at;
import static mlops.html.Html.el;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import mlops.azure.trace.TraceSecrets;
import mlops.html.Html;

/** Names and values that somebody gave to a thing, or that it says of itself. */
public final class Tags {

  /** The fields of an object, one a line; nothing where there are none. */
  public static Html of(JsonNode object) {
    List<Html> lines = new ArrayList<>();
    object
        .fields()
        .forEachRemaining(
            tag -> lines.add(el("div", value(tag.getKey(), " = ", tag.getValue().asText()))));
    return Html.all(lines);
  }

  /**
   * A name and its value, which is masked where the name says that it is a secret.
   *
   * @param between what stands between them
   */
  public static String value(String name, String between, String value) {
    return name + between + (TraceSecrets.isSecret(name) ? "***" : value);
  }

  /**
   * A list of names with what each stands for; what is empty is left out.
   *
   * @param pairs name, value, name, value; a value may be a piece of a page
   */
  public static Html facts(Object... pairs) {
    List<Html> facts = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      Html value = pairs[i + 1] instanceof Html html ? html : Html.text(pairs[i + 1]);
      if (!value.isEmpty()) {
        facts.add(el("div", el("dt", pairs[i]), el("dd", value)));
      }
    }
    return el("dl", at("class", "facts"), Html.all(facts));
  }

  private Tags() {}
}
