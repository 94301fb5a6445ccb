package mlops.portal;

import static mlops.html.Html.at;
import static mlops.html.Html.el;

import com.azure.core.exception.HttpResponseException;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobItemProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import mlops.azure.Lookup;
import mlops.html.Html;
import mlops.html.HtmlTable;
import mlops.portal.shown.Figures;
import mlops.portal.shown.Links;
import mlops.portal.shown.ReadPart;
import mlops.portal.shown.Section;
import mlops.portal.shown.ShownAzure;

/** The storage accounts with their containers, and the files in one. */
record StorageSection(ShownAzure shown, Links links) {
  private static final int MOST = 200;

  /** So many files of a container are enough on a page that has all of them. */
  private static final int FEW = 30;

  Html html() {
    List<JsonNode> accounts = List.copyOf(shown.accounts());
    return accounts.isEmpty()
        ? Html.none("There is no storage account yet: mlops bootstrap makes one.")
        : Html.all(accounts.stream().map(a -> ReadPart.of(() -> account(a))));
  }

  private Html account(JsonNode account) {
    String name = account.path("name").asText();
    String title = "Containers of " + name;
    HtmlTable table = new HtmlTable(title, List.of("container", "public", "changed (UTC)"));
    List<Html> files = new ArrayList<>();
    for (JsonNode one : new ReadContainers(shown).of(account.path("id").asText())) {
      String container = one.path("name").asText();
      table.row(
          el("a", at("href", links.container(name, container)), container),
          one.at("/properties/publicAccess").asText("None"),
          Figures.time(one.at("/properties/lastModifiedTime").asText()));
      if (links == Links.IN_PAGE) {
        files.add(folded(name, container));
      }
    }
    Html containers = table.rows().isEmpty() ? Html.none("No container is in it.") : table.html();
    return Html.all(el("h3", title), containers, Html.all(files));
  }

  private Html folded(String account, String container) {
    return el(
        "details",
        at("id", Links.anchor(Section.STORAGE.id(), account, container)),
        el("summary", "Files in " + container),
        ReadPart.of(() -> files(account, container)));
  }

  /** The files in a container. */
  Html files(String account, String container) {
    int most = links == Links.IN_PAGE ? FEW : MOST;
    HtmlTable table =
        new HtmlTable("Files in " + container, List.of("file", "size", "changed (UTC)"));
    try {
      ReadContainers.files(new ReadContainers(shown).open(account, container))
          .limit(most + 1L)
          .forEach(file -> add(table, account, container, file));
    } catch (HttpResponseException e) {
      if (Lookup.status(e) == 404) {
        return Html.none("There is no such container, or no longer.");
      }
      throw e;
    }
    if (table.rows().isEmpty()) {
      return Html.none("No file is in it.");
    }
    if (table.rows().size() <= most) {
      return table.html();
    }
    table.rows().remove(most);
    return Html.all(table.html(), Html.none("The first %d; there are more.".formatted(most)));
  }

  private void add(HtmlTable table, String account, String container, BlobItem file) {
    BlobItemProperties about = file.getProperties();
    Html name =
        links == Links.IN_PAGE
            ? Html.text(file.getName())
            : el(
                "a",
                at(
                    "href",
                    links.container(account, container) + "?file=" + Links.encoded(file.getName())),
                file.getName());
    table.row(
        name,
        Figures.bytes(about.getContentLength()),
        Figures.time(about.getLastModified().toInstant().toString()));
  }
}
