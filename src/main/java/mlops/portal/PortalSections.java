package mlops.portal;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mlops.azure.ml.Workspace;
import mlops.html.Html;
import mlops.portal.job.JobDetails;
import mlops.portal.job.JobsSection;
import mlops.portal.shown.Links;
import mlops.portal.shown.ReadPart;
import mlops.portal.shown.Section;
import mlops.portal.shown.ShownAzure;

/**
 * The sections of a page about one Azure, read when they are asked for. What Azure refuses to show
 * is said in its place; the rest of the page stands.
 *
 * @param chapters reads how far the guide is
 */
public record PortalSections(ShownAzure shown, Links links, Supplier<List<ChapterView>> chapters) {

  /** A section, without its heading; its own headings begin at the third level. */
  public Html html(Section section) {
    return ReadPart.of(
        () ->
            switch (section) {
              case GUIDE ->
                  Html.all(
                      new PictureSection(shown, links).html(),
                      new ChaptersSection(chapters.get()).html());
              case RESOURCES -> new ResourcesSection(shown).html();
              case ACCESS -> new AccessSection(shown).html();
              case JOBS -> new JobsSection(shown, links).html();
              case MODELS -> new ModelsSection(shown, links).html();
              case STORAGE -> new StorageSection(shown, links).html();
              case PREDICTIONS -> new PredictionsSection(shown, links).html();
            });
  }

  /** The details of a job; empty where there is no such workspace or job. */
  public Optional<Html> job(String workspace, String job) {
    return shown.workspaces().stream()
        .filter(w -> w.name().equals(workspace))
        .filter(w -> Links.isJob(job) && w.find("jobs/" + job).isPresent())
        .findFirst()
        .map(w -> details(w, job));
  }

  private Html details(Workspace workspace, String job) {
    return ReadPart.of(() -> new JobDetails(shown, workspace, job, links, 3).html());
  }

  /** The files in a container; empty where there is no such account. */
  public Optional<Html> container(String account, String container) {
    return has(account)
        ? Optional.of(ReadPart.of(() -> new StorageSection(shown, links).files(account, container)))
        : Optional.empty();
  }

  /** A file in a container; empty where there is no such account. */
  public Optional<Html> file(String account, String container, String path) {
    return has(account)
        ? Optional.of(ReadPart.of(() -> new FilePreview(shown).html(account, container, path)))
        : Optional.empty();
  }

  private boolean has(String account) {
    return shown.accounts().stream().anyMatch(a -> a.path("name").asText().equals(account));
  }
}
