package mlops.portal.job;

import static mlops.html.Html.at;
import static mlops.html.Html.el;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import mlops.azure.ml.JobTree;
import mlops.azure.ml.RunClient;
import mlops.azure.ml.RunClient.Run;
import mlops.azure.ml.Workspace;
import mlops.html.Html;
import mlops.html.HtmlTable;
import mlops.portal.shown.Figures;
import mlops.portal.shown.Links;
import mlops.portal.shown.ShownAzure;
import mlops.portal.shown.Tags;
import mlops.steps.LoggedRun;
import mlops.steps.review.LoggedImage;

/**
 * One job: how it stands, its steps, what they logged and printed.
 *
 * @param level of the headings below the job's own
 */
public record JobDetails(
    ShownAzure shown, Workspace workspace, String job, Links links, int level) {

  public Html html() {
    ObjectNode document = workspace.get("jobs/" + job);
    RunClient runs = new RunClient(shown.azure(), workspace);
    Run run = runs.details(job);
    List<Run> leaves = new JobTree(runs).leaves(run);
    List<LoggedRun> logged = LoggedRun.of(shown.azure(), workspace, job);
    List<Html> parts = new ArrayList<>();
    parts.add(live("facts", facts(document.path("properties"), run)));
    if (!run.error().isEmpty()) {
      parts.add(el("p", at("class", "error"), run.error()));
    }
    parts.add(live("steps", steps(document.path("properties"), runs, leaves)));
    parts.add(live("logged", LoggedTable.of(logged, heading("What the steps logged"))));
    parts.add(images(logged));
    parts.add(heading("Logs"));
    parts.add(
        new PrintedLogs(runs, workspace.name())
            .html(Links.anchor("logs", workspace.name(), job), leaves));
    return Html.all(parts);
  }

  /** A part that is written anew while the job runs. */
  private Html live(String name, Html content) {
    return el(
        "div",
        at("id", Links.anchor("live", workspace.name(), job, name)),
        at("class", "live"),
        content);
  }

  private Html heading(String text) {
    return el("h" + level, text);
  }

  private Html facts(JsonNode properties, Run run) {
    return Tags.facts(
        "status",
        new JobStatus(run.status()).html(),
        "workspace",
        shown.title(workspace),
        "kind",
        properties.path("jobType").asText(),
        "experiment",
        properties.path("experimentName").asText(),
        "description",
        properties.path("description").asText(),
        "started (UTC)",
        run.times().started().map(t -> Figures.time(t.toString())).orElse("not yet"),
        "took",
        run.times().taken().map(Figures::duration).orElse(""),
        "inputs",
        places(properties.path("inputs")),
        "outputs",
        places(properties.path("outputs")),
        "tags",
        Tags.of(properties.path("tags")));
  }

  /** Inputs or outputs, a line each; of an output that is not written yet the name. */
  private static Html places(JsonNode values) {
    List<Html> lines = new ArrayList<>();
    values.fields().forEachRemaining(v -> lines.add(el("div", place(v.getKey(), v.getValue()))));
    return Html.all(lines);
  }

  private static String place(String name, JsonNode of) {
    String value = of.path("uri").asText(of.path("value").asText());
    return value.isEmpty() ? name : Tags.value(name, " = ", value);
  }

  private Html steps(JsonNode properties, RunClient runs, List<Run> leaves) {
    HtmlTable table = new HtmlTable("Steps of " + job, List.of("step", "status", "took", "remark"));
    for (Run leaf : leaves) {
      String reused = leaf.reusedFrom().map(id -> "an earlier run, " + id).orElse("this job");
      String why = leaf.error().isEmpty() ? reused : leaf.error();
      table.row(
          leaf.name(),
          new JobStatus(leaf.status()).html(),
          leaf.times().taken().map(Figures::duration).orElse(""),
          why);
    }
    JobGraph graph = new JobGraph(properties.path("jobs"), runs.children(job));
    Html picture = graph.isEmpty() ? Html.NOTHING : el("figure", graph.html());
    return Html.all(heading("Steps"), picture, table.html());
  }

  private Html images(List<LoggedRun> logged) {
    List<LoggedImage> images = LoggedImage.of(workspace, logged);
    return images.isEmpty()
        ? Html.NOTHING
        : el(
            "div",
            at("class", "charts"),
            Html.all(
                images.stream()
                    .map(
                        i ->
                            el(
                                "figure",
                                el("figcaption", i.name()),
                                el(
                                    "img",
                                    at("src", i.address()),
                                    at("alt", "Plot " + i.name()))))));
  }

  /** What the runs of a job logged, as a table. */
  private static final class LoggedTable {
    static Html of(List<LoggedRun> runs, Html heading) {
      if (runs.isEmpty()) {
        return Html.NOTHING;
      }
      HtmlTable table =
          new HtmlTable("Metrics and parameters", List.of("step", "metrics", "parameters"));
      runs.forEach(
          run -> table.row(run.name(), metrics(run.metrics()), parameters(run.parameters())));
      return Html.all(heading, table.html());
    }

    private static Html metrics(Map<String, Double> values) {
      return Html.all(
          values.entrySet().stream()
              .map(
                  v -> el("div", String.format(Locale.ROOT, "%s %.6g", v.getKey(), v.getValue()))));
    }

    private static Html parameters(Map<String, String> values) {
      return el(
          "div",
          values.entrySet().stream()
              .map(v -> Tags.value(v.getKey(), " ", v.getValue()))
              .collect(Collectors.joining(", ")));
    }

    private LoggedTable() {}
  }
}
