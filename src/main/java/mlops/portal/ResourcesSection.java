package mlops.portal;

import static mlops.html.Html.el;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.html.Html;
import mlops.html.HtmlTable;
import mlops.portal.shown.ShownAzure;
import mlops.portal.shown.Tags;

/** The resource groups, and what is in each. */
record ResourcesSection(ShownAzure shown) {
  private static final List<String> COLUMNS = List.of("name", "type", "location", "tags");

  Html html() {
    List<String> groups = shown.groups();
    return groups.isEmpty()
        ? Html.none("There is no resource group yet: mlops bootstrap makes the first ones.")
        : Html.all(groups.stream().map(this::group));
  }

  private Html group(String name) {
    HtmlTable table = new HtmlTable("Resources in " + name, COLUMNS);
    List<ObjectNode> resources = shown.resources(name);
    for (ObjectNode resource : resources) {
      table.row(
          resource.path("name").asText(),
          resource.path("type").asText(),
          resource.path("location").asText(),
          Tags.of(resource.path("tags")));
    }
    return Html.all(
        el("h3", name), resources.isEmpty() ? Html.none("Nothing is in it.") : table.html());
  }
}
