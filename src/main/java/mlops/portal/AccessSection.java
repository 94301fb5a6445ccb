package mlops.portal;

import static mlops.html.Html.el;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import mlops.html.Html;
import mlops.html.HtmlTable;
import mlops.portal.AccessRules.Assignment;
import mlops.portal.shown.ShownAzure;

/** Who may do what where. */
record AccessSection(ShownAzure shown) {
  private static final String WRITE =
      "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write";
  private static final String KEYS = "Microsoft.Storage/storageAccounts/listKeys/action";
  private static final String VERSION = "2023-05-01";

  Html html() {
    List<String> groups = shown.groups();
    if (groups.isEmpty()) {
      return Html.none("There is nothing yet that anybody could have a role on.");
    }
    AccessRules rules = AccessRules.of(shown.azure(), groups);
    List<Html> parts = new ArrayList<>();
    shown.accounts().forEach(account -> parts.add(writers(account, rules)));
    parts.add(el("h3", "All roles"));
    parts.add(all(rules));
    return Html.all(parts);
  }

  private Html writers(JsonNode account, AccessRules rules) {
    String id = account.path("id").asText();
    String title = "Who may write to storage account " + account.path("name").asText();
    boolean keys =
        shown
            .azure()
            .arm()
            .find(id, VERSION)
            .map(found -> found.at("/properties/allowSharedKeyAccess").asBoolean(true))
            .orElse(false);
    HtmlTable table =
        new HtmlTable(title, List.of("who", "kind", "by the role", "given on", "how"));
    for (Assignment one : sorted(rules)) {
      boolean data = one.role().permitsData(WRITE);
      if (one.covers(id) && (data || (keys && one.role().permits(KEYS)))) {
        String how = data ? "by its own login" : "by the keys of the account, which it may read";
        table.row(
            rules.name(one),
            kind(one),
            one.role().name(),
            scope(one.scope()),
            one.condition() ? how + ", on a condition" : how);
      }
    }
    return Html.all(
        el("h3", title), table.rows().isEmpty() ? Html.none("Nobody may.") : table.html());
  }

  private static Html all(AccessRules rules) {
    HtmlTable table =
        new HtmlTable(
            "All role assignments", List.of("who", "kind", "role", "given on", "permits"));
    for (Assignment one : sorted(rules)) {
      table.row(
          rules.name(one),
          kind(one),
          one.role().name(),
          scope(one.scope()),
          one.role().description());
    }
    return table.html();
  }

  private static List<Assignment> sorted(AccessRules rules) {
    return rules.assignments().stream()
        .sorted(Comparator.comparing(rules::name).thenComparing(Assignment::scope))
        .toList();
  }

  private static String kind(Assignment assignment) {
    return switch (assignment.kind()) {
      case "User" -> "person";
      case "Group" -> "group";
      case "ServicePrincipal" -> "application or identity";
      default -> assignment.kind();
    };
  }

  /** The last name in an ARM id, and what it is the name of. */
  private static String scope(String id) {
    String[] parts = id.split("/");
    if (parts.length < 3) {
      return "everything";
    }
    String kind = parts[parts.length - 2];
    return switch (kind) {
      case "subscriptions" -> "the subscription";
      case "resourceGroups", "resourcegroups" -> "group " + parts[parts.length - 1];
      default -> ShownAzure.kind(kind).replaceFirst("s$", "") + " " + parts[parts.length - 1];
    };
  }
}
