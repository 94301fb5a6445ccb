package mlops.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.error.MlopsException;

/** What {@code mlops init} writes: a profile, and what a project needs besides. */
public final class NewProject {
  private static final String PROFILE = "mlops.yml";

  private static final String IGNORED =
      """
      # what mlops makes here: its local Azure, predictions, reports
      .mlops/
      predictions/
      report-*.html
      """;

  /** What a project can begin from that is not there yet. */
  public enum Template {
    TABULAR,
    BLANK;

    /**
     * The template of this name.
     *
     * @throws MlopsException INVALID where there is none
     */
    public static Template of(String word) {
      return Arrays.stream(values())
          .filter(template -> template.word().equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  MlopsException.invalid(
                      "a project cannot begin from \"%s\"".formatted(word),
                      "Say tabular or blank; guide in a folder laid out like it, project in one with Azure ML files."));
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Path folder;
  private final NewFiles files;
  private final List<String> found;
  private final List<String> missing;
  private final Optional<String> unnamed;

  private NewProject(
      Path folder,
      NewFiles files,
      List<String> found,
      List<String> missing,
      Optional<String> unnamed) {
    this.folder = folder;
    this.files = files;
    this.found = found;
    this.missing = missing;
    this.unnamed = unnamed;
  }

  private NewProject(Path folder, NewFiles files) {
    this(folder, files, List.of(), List.of(), Optional.empty());
  }

  /** What was found in a project that was there, and what becomes of it. */
  public List<String> found() {
    return found;
  }

  /** What is not there, or is not clear. */
  public List<String> missing() {
    return missing;
  }

  /** The file of its job, to train by, where that names no model that it registers. */
  public Optional<String> unnamedJob() {
    return unnamed;
  }

  /** Whether a folder is laid out like the guide. */
  public static boolean isGuide(Path folder) {
    return GuideFolder.isOne(folder);
  }

  /** Whether a folder has a job of Azure ML to begin from. */
  public static boolean hasJob(Path folder) {
    return !ProjectFiles.of(folder.toAbsolutePath().normalize()).of(FileKind.JOB).isEmpty();
  }

  /**
   * Asks that a folder has no profile yet.
   *
   * @throws MlopsException INVALID where it has one
   */
  public static void requireNone(Path folder) {
    new NewFiles(folder).with(PROFILE, "").requireFree();
  }

  /**
   * A profile for a folder that is laid out like the guide.
   *
   * @param suffix in place of the guide's own
   * @throws MlopsException INVALID, with all that is missing in it
   */
  public static NewProject fromGuide(Path folder, Optional<String> suffix) {
    ProjectDraft draft = GuideFolder.draft(folder, suffix);
    NewFiles files = new NewFiles(folder).with(PROFILE, ProfileText.of(draft));
    return new NewProject(folder, ignoring(folder, files));
  }

  /**
   * A profile for any project with Azure ML files.
   *
   * @throws MlopsException INVALID where it has no job
   */
  public static NewProject fromProject(Path folder, Optional<String> suffix) {
    ProjectFolder.Reading reading = ProjectFolder.read(folder, suffix);
    NewFiles files =
        new NewFiles(folder)
            .with(
                PROFILE, ProfileText.of(reading.draft()) + ProfileText.comment(reading.missing()));
    reading.written().forEach(files::with);
    return new NewProject(
        folder, ignoring(folder, files), reading.found(), reading.missing(), reading.unnamed());
  }

  /** A project that is not there yet. */
  public static NewProject fromTemplate(Template template, Path folder, Optional<String> suffix) {
    String profile = ProfileText.of(Templates.draft(template, suffix.orElse("demo")));
    NewFiles files = new NewFiles(folder).with(PROFILE, profile);
    if (template == Template.TABULAR) {
      Templates.files().forEach(files::with);
    }
    return new NewProject(folder, ignoring(folder, files));
  }

  private static NewFiles ignoring(Path folder, NewFiles files) {
    return Files.exists(folder.resolve(".git")) ? files.unlessThere(".gitignore", IGNORED) : files;
  }

  /** The profile that it gets. */
  public Path profile() {
    return folder.resolve(PROFILE);
  }

  /**
   * Writes its files: all or none.
   *
   * @param force whether files that are there may be replaced
   * @return their names
   * @throws MlopsException INVALID where one is there and may not be replaced
   */
  public List<String> write(boolean force) {
    return files.write(force);
  }
}
