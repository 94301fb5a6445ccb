package mlops.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mlops.error.MlopsException;
import mlops.project.JobNeeds.Need;
import mlops.project.ProjectFiles.Described;

/**
 * Any project with a job file of Azure ML: what it trains with, what that needs, and what its own
 * scripts make first. Scripts are read, and never run.
 */
final class ProjectFolder {
  private static final int LONGEST_SLUG = 12;

  private final Path folder;
  private final ProjectFiles files;
  private final List<String> missing = new ArrayList<>();
  private final NeededAssets assets;

  private ProjectFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
    this.files = ProjectFiles.of(this.folder);
    this.assets = new NeededAssets(files, missing);
  }

  /**
   * What was made of a project.
   *
   * @param written the texts of further files, by path
   * @param found what there is, and what becomes of it
   * @param missing what is not there, or is not clear
   * @param unnamed the job's file, where it names no model that it registers
   */
  record Reading(
      ProjectDraft draft,
      Map<String, String> written,
      List<String> found,
      List<String> missing,
      Optional<String> unnamed) {}

  /**
   * Reads a project.
   *
   * @throws MlopsException INVALID where it has no job
   */
  static Reading read(Path folder, Optional<String> suffix) {
    if (!Files.isDirectory(folder)) {
      throw MlopsException.invalid(
          folder + " is not a folder", "Name the folder of a project with Azure ML files.");
    }
    return new ProjectFolder(folder).read(suffix.orElse("demo"));
  }

  private Reading read(String suffix) {
    List<Described> jobs = files.of(FileKind.JOB);
    Described job =
        jobs.stream()
            .max(Comparator.comparingInt(this::rank))
            .orElseThrow(
                () ->
                    MlopsException.invalid(
                        "%s has no job file of Azure ML (CLI v2)".formatted(folder),
                        "Begin with --template tabular or --template blank."));
    JobNeeds needs = new JobNeeds(folder);
    List<ProjectDraft.Asset> needed = needed(job, needs);
    ProjectDraft.Asset compute = first(needed, FileKind.COMPUTE).orElseGet(this::anyCompute);
    ProjectDraft.Asset environment =
        first(needed, FileKind.ENVIRONMENT).orElseGet(assets::plainEnvironment);
    List<ProjectDraft.Asset> others =
        needed.stream().filter(a -> !a.equals(compute) && !a.equals(environment)).toList();
    String slug = slug();
    Map<String, String> keys = keys(job, slug, compute, environment);
    ProjectTargets targets = ProjectTargets.of(files, assets, slug, missing);
    List<ProjectDraft.Environment> environments = new ArrayList<>();
    environments.add(new ProjectDraft.Environment("dev", keys, List.of(), others));
    targets.all().forEach(target -> environments.add(target.like(keys)));
    ProjectDraft draft =
        new ProjectDraft(
            "the files of this project", suffix, account(slug), environments, List.of());
    Optional<String> unnamed =
        ModelName.of(job.content()).isPresent() ? Optional.empty() : Optional.of(job.path());
    List<String> left = missing.stream().distinct().toList(); // many may need what is not there
    return new Reading(draft, assets.written(), found(job, needs, needed, targets), left, unnamed);
  }

  private Map<String, String> keys(
      Described job, String slug, ProjectDraft.Asset compute, ProjectDraft.Asset environment) {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("workspace", "mlw-" + slug + "-{suffix}");
    keys.put("compute", compute.file());
    keys.put("container", slug);
    keys.put("environment", environment.file());
    keys.put("pipeline", job.path());
    keys.put("model", ModelName.of(job.content()).orElseGet(() -> unnamed(job, slug)));
    return keys;
  }

  private String unnamed(Described job, String slug) {
    missing.add(
        "%s names no model that it registers: set model to the name that its code gives it (%s is made up), or run it by mlops train --file"
            .formatted(job.path(), slug));
    return slug;
  }

  /**
   * What makes a job the one that trains: scripts submit it, it is a pipeline, its name says so.
   */
  private int rank(Described job) {
    boolean submitted =
        files.creations().stream()
            .filter(c -> c.noun().equals("job"))
            .flatMap(c -> c.option("file", "f").stream())
            .anyMatch(file -> isSame(file, job.path()));
    JobNeeds needs = new JobNeeds(folder);
    needs.read(job);
    return (submitted ? 8 : 0)
        + (files.mentions(job) > 0 ? 4 : 0)
        + (job.content().at("jobs").isPresent() ? 2 : 0)
        + (job.path().toLowerCase(Locale.ROOT).contains("train") ? 1 : 0)
        - (needs.placeholders().isEmpty() ? 0 : 16);
  }

  /** Whether a path in a script, which may start anywhere, means a file of the project. */
  private static boolean isSame(String written, String path) {
    String plain = written.replaceFirst("^.*[)}]/", "").replaceFirst("^(\\.{1,2}/)+", "");
    return path.equals(plain) || path.endsWith("/" + plain) || plain.endsWith("/" + path);
  }

  /** The files of all that the job needs, and of what those need, in the order of making. */
  private List<ProjectDraft.Asset> needed(Described job, JobNeeds needs) {
    needs.read(job);
    Set<Need> done = new LinkedHashSet<>();
    List<ProjectDraft.Asset> needed = new ArrayList<>();
    Deque<Need> left = new ArrayDeque<>(needs.needs());
    while (!left.isEmpty()) {
      Need need = left.poll();
      if (done.add(need)) {
        assets.of(need).ifPresent(needed::add);
        files.of(need.kind()).stream()
            .filter(file -> file.kind() == FileKind.COMPONENT && file.name().equals(need.name()))
            .forEach(needs::read);
        left.addAll(needs.needs());
      }
    }
    missing.addAll(needs.placeholders());
    needed.sort(Comparator.comparing(ProjectDraft.Asset::kind));
    return needed;
  }

  private static Optional<ProjectDraft.Asset> first(List<ProjectDraft.Asset> all, FileKind kind) {
    return all.stream().filter(asset -> asset.kind() == kind).findFirst();
  }

  private ProjectDraft.Asset anyCompute() {
    return assets.of(new Need(FileKind.COMPUTE, "cpu-cluster")).orElseThrow();
  }

  private List<String> found(
      Described job, JobNeeds needs, List<ProjectDraft.Asset> needed, ProjectTargets targets) {
    List<String> found = new ArrayList<>();
    for (Described file : files.described()) {
      boolean made = needed.stream().anyMatch(a -> a.file().equals(file.path()));
      String becomes =
          targets
              .taking(file)
              .map("serves in "::concat)
              .orElseGet(
                  () ->
                      becomes(
                          file,
                          file.equals(job),
                          made,
                          needs.hasRead(folder.resolve(file.path()))));
      found.add("%-16s %s  %s".formatted(file.kind().words(), file.path(), becomes));
    }
    return found;
  }

  private static String becomes(Described file, boolean trains, boolean made, boolean read) {
    return switch (file.kind()) {
      case JOB -> trains ? "trains" : "mlops train --file " + file.path();
      case ONLINE -> "not taken over: online endpoints are not built";
      case BATCH_ENDPOINT, BATCH_DEPLOYMENT -> "for another environment, yours to add";
      default -> made ? "made first" : read ? "comes with the job" : "not needed by the job";
    };
  }

  private static Map<String, String> account(String slug) {
    String plain = slug.replace("-", "");
    Map<String, String> account = new LinkedHashMap<>();
    account.put("ml", "rg-" + slug + "-{suffix}");
    account.put("storage", "rg-" + slug + "-st-{suffix}");
    account.put("storage_account", "st" + plain + "{suffix}");
    account.put("identity", "id-" + slug + "-{suffix}");
    return account;
  }

  /** The name of the folder, short and plain enough for all names that it becomes a part of. */
  private String slug() {
    String name =
        String.valueOf(folder.getFileName())
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceFirst("^[-0-9]+", "");
    String cut = name.substring(0, Math.min(LONGEST_SLUG, name.length())).replaceFirst("-+$", "");
    return cut.length() < 3 ? "project" : cut;
  }
}
