package mlops.portal.job;

import static mlops.html.Html.at;
import static mlops.html.Html.el;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import mlops.azure.ml.RunClient;
import mlops.azure.ml.Workspace;
import mlops.html.Html;
import mlops.html.HtmlTable;
import mlops.portal.shown.Figures;
import mlops.portal.shown.Links;
import mlops.portal.shown.ReadPart;
import mlops.portal.shown.Section;
import mlops.portal.shown.ShownAzure;

/** The jobs of each workspace, the newest first. */
public record JobsSection(ShownAzure shown, Links links) {
  private static final List<String> COLUMNS =
      List.of("job", "status", "kind", "experiment", "made (UTC)", "took");

  /** Of more, the newest are shown. */
  private static final int MOST = 20;

  /** Of how many a page that has all sections also has the details. */
  private static final int DETAILED = 3;

  public Html html() {
    List<Workspace> workspaces = shown.workspaces();
    return workspaces.isEmpty()
        ? Html.none("There is no workspace yet: mlops bootstrap makes one for each environment.")
        : Html.all(workspaces.stream().map(w -> ReadPart.of(() -> workspace(w))));
  }

  private Html workspace(Workspace workspace) {
    String title = "Jobs of " + shown.title(workspace);
    List<ObjectNode> jobs =
        workspace.list("jobs", "").stream()
            .sorted(Comparator.comparing(JobsSection::made).reversed())
            .toList();
    if (jobs.isEmpty()) {
      return Html.all(el("h3", title), Html.none("No job has run here."));
    }
    List<Html> parts = new ArrayList<>(List.of(el("h3", title), table(workspace, title, jobs)));
    if (jobs.size() > MOST) {
      parts.add(Html.none("And %d older ones.".formatted(jobs.size() - MOST)));
    }
    if (links == Links.IN_PAGE) {
      jobs.stream().limit(DETAILED).forEach(job -> parts.add(details(workspace, name(job))));
    }
    return Html.all(parts);
  }

  private Html details(Workspace workspace, String job) {
    return el(
        "article",
        at("id", Links.anchor(Section.JOBS.id(), workspace.name(), job)),
        el("h4", "Job " + job),
        ReadPart.of(new JobDetails(shown, workspace, job, links, 5)::html));
  }

  private Html table(Workspace workspace, String title, List<ObjectNode> jobs) {
    HtmlTable table = new HtmlTable(title, COLUMNS);
    RunClient runs = new RunClient(shown.azure(), workspace);
    for (int i = 0; i < Math.min(MOST, jobs.size()); i++) {
      ObjectNode job = jobs.get(i);
      String took = runs.details(name(job)).times().taken().map(Figures::duration).orElse("");
      table.row(
          linked(workspace, job, links == Links.PORTAL || i < DETAILED),
          new JobStatus(job.at("/properties/status").asText()).html(),
          job.at("/properties/jobType").asText(),
          job.at("/properties/experimentName").asText(),
          Figures.time(made(job)),
          took);
    }
    return table.html();
  }

  private Html linked(Workspace workspace, ObjectNode job, boolean detailed) {
    String shownName = job.at("/properties/displayName").asText(name(job));
    String text = shownName.isBlank() ? name(job) : shownName;
    return detailed
        ? el("a", at("href", links.job(workspace.name(), name(job))), text)
        : Html.text(text);
  }

  private static String name(ObjectNode job) {
    return job.path("name").asText();
  }

  private static String made(ObjectNode job) {
    return job.at("/systemData/createdAt").asText();
  }
}
