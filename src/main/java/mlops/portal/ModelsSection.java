package mlops.portal;

import static mlops.html.Html.at;
import static mlops.html.Html.el;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import mlops.azure.ml.Workspace;
import mlops.html.Html;
import mlops.html.HtmlTable;
import mlops.portal.shown.Figures;
import mlops.portal.shown.Links;
import mlops.portal.shown.ReadPart;
import mlops.portal.shown.ShownAzure;
import mlops.portal.shown.Tags;
import mlops.steps.Lineage;

/** The models that are registered in each workspace: metrics, lineage, manifest. */
record ModelsSection(ShownAzure shown, Links links) {
  /** Of a model with more versions, the newest are shown. */
  private static final int MOST = 5;

  Html html() {
    List<Workspace> workspaces = shown.workspaces();
    return workspaces.isEmpty()
        ? Html.none("There is no workspace yet: mlops bootstrap makes one for each environment.")
        : Html.all(workspaces.stream().map(w -> ReadPart.of(() -> workspace(w))));
  }

  private Html workspace(Workspace workspace) {
    List<Html> parts = new ArrayList<>();
    parts.add(el("h3", "Models of " + shown.title(workspace)));
    List<ObjectNode> models = workspace.list("models", "");
    if (models.isEmpty()) {
      parts.add(Html.none("No model is registered here."));
    }
    for (ObjectNode model : models) {
      List<ObjectNode> versions = workspace.versions("models", model.path("name").asText());
      versions.stream()
          .limit(MOST)
          .forEach(v -> parts.add(version(workspace, model.path("name").asText(), v)));
      if (versions.size() > MOST) {
        parts.add(Html.none("And %d older versions.".formatted(versions.size() - MOST)));
      }
    }
    return Html.all(parts);
  }

  private Html version(Workspace workspace, String model, ObjectNode version) {
    String name = "%s version %s".formatted(model, version.path("name").asText());
    Lineage lineage = Lineage.of(version);
    return el(
        "article",
        at("id", Links.anchor("model", workspace.name(), model, version.path("name").asText())),
        el("h4", name),
        metrics(lineage),
        lineage(version, lineage),
        manifest(name, lineage));
  }

  private static Html metrics(Lineage lineage) {
    List<Html> cards = new ArrayList<>();
    new TreeMap<>(lineage.metrics())
        .forEach(
            (metric, value) ->
                cards.add(
                    el("div", at("class", "card"), el("b", shortened(value)), el("span", metric))));
    return cards.isEmpty()
        ? Html.none("No gate measured it.")
        : el("div", at("class", "cards"), Html.all(cards));
  }

  /** Tags are texts; one that is a number is shortened. */
  private static String shortened(String value) {
    try {
      return Figures.metric(Double.parseDouble(value));
    } catch (NumberFormatException e) {
      return value;
    }
  }

  private Html lineage(ObjectNode version, Lineage lineage) {
    String trained = lineage.trained().workspace();
    return Tags.facts(
        "gate",
        lineage.gate(),
        "trained as",
        trained.isEmpty() ? "" : trained + ":" + lineage.trained().version(),
        "by the job",
        job(lineage),
        "commit",
        lineage.commit().hash().isEmpty()
            ? ""
            : lineage.commit().hash()
                + (lineage.commit().dirty().equals("true") ? " (files were changed)" : ""),
        "hash of what was submitted",
        lineage.content(),
        "registered (UTC)",
        Figures.time(version.at("/systemData/createdAt").asText()),
        "files",
        version.at("/properties/modelUri").asText(),
        "tags",
        Tags.of(version.at("/properties/tags")));
  }

  /** Where the job is, if it is in a workspace that is shown. */
  private Html job(Lineage lineage) {
    String name = lineage.job();
    Optional<Workspace> there =
        shown.workspaces().stream()
            .filter(w -> Links.isJob(name) && w.name().equals(lineage.trained().workspace()))
            .filter(w -> w.find("jobs/" + name).isPresent())
            .findFirst();
    return there
        .map(w -> el("a", at("href", links.job(w.name(), name)), name))
        .orElseGet(() -> Html.text(name));
  }

  private static Html manifest(String model, Lineage lineage) {
    if (lineage.manifest().isEmpty()) {
      return Html.none("No manifest: nobody noted what its files are.");
    }
    HtmlTable table = new HtmlTable("Manifest of " + model, List.of("file", "SHA-256"));
    lineage.manifest().files().forEach((file, hash) -> table.row(file, Html.code(hash)));
    return el(
        "details",
        el(
            "summary",
            "Manifest: %d files, %s".formatted(table.rows().size(), lineage.approvalHash())),
        table.html());
  }
}
