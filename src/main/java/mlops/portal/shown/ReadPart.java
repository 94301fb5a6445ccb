package mlops.portal.shown;

import static mlops.html.Html.at;
import static mlops.html.Html.el;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.management.exception.ManagementException;
import java.util.function.Supplier;
import mlops.azure.Lookup;
import mlops.error.MlopsException;
import mlops.html.Html;

/**
 * A part of a page that stands or falls alone: what Azure refuses to show is said in its place, and
 * the rest of the page stands.
 */
public final class ReadPart {

  /** The part, or why it cannot be shown. */
  public static Html of(Supplier<Html> part) {
    try {
      return part.get();
    } catch (HttpResponseException e) {
      return refused(
          Lookup.status(e) == 403
              ? "You hold no role that lets you read it. Access shows who does."
              : "Azure does not show it: " + why(e));
    } catch (MlopsException e) {
      return refused("%s. %s".formatted(e.getMessage(), e.hint()));
    }
  }

  private static String why(HttpResponseException e) {
    return e instanceof ManagementException m && m.getValue() != null
        ? m.getValue().getCode() + ": " + m.getValue().getMessage()
        : "status " + Lookup.status(e);
  }

  private static Html refused(String why) {
    return el("p", at("class", "error"), at("role", "note"), why);
  }

  private ReadPart() {}
}
