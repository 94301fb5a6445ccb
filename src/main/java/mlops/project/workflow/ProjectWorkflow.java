package mlops.project.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.error.MlopsException;
import mlops.file.OutputFile;
import mlops.profile.Profile;

/** The file {@code .github/workflows/mlops.yml} of the repository that a profile lies in. */
public final class ProjectWorkflow {
  private static final String NAME = ".github/workflows/mlops.yml";
  private static final String OURS = "# Written by `mlops github workflow`";

  private final Profile profile;
  private final Path profileFile;
  private final String options;
  private final Path root;
  private final Optional<String> before;

  private ProjectWorkflow(Profile profile, Path profileFile, String options, Path root) {
    this.profile = profile;
    this.profileFile = profileFile;
    this.options = options;
    this.root = root;
    this.before = read(root.resolve(NAME));
  }

  /**
   * That of a profile.
   *
   * @param options further ones that the commands of the workflow need, each with a blank before it
   */
  public static ProjectWorkflow of(Profile profile, Path profileFile, String options) {
    Path file = profileFile.toAbsolutePath().normalize();
    return new ProjectWorkflow(profile, file, options, root(profile.folder()));
  }

  /** The folder of the repository; that of the profile where it is in none. */
  private static Path root(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return at;
      }
    }
    return folder;
  }

  private static Optional<String> read(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  public Path path() {
    return root.resolve(NAME);
  }

  public boolean isThere() {
    return before.isPresent();
  }

  /** The lines in which the file is not what the profile wants. */
  public List<String> differences(Optional<MlopsRelease> release) {
    return LineDifference.between(before.orElse(""), wanted(release));
  }

  /**
   * Writes it.
   *
   * @param force whether a file that somebody else wrote may be replaced
   * @throws MlopsException INVALID where there is such a file
   */
  public void write(Optional<MlopsRelease> release, boolean force) {
    String text = wanted(release);
    OutputFile.of(
            "The workflow",
            path(),
            start ->
                force || start.startsWith(OURS)
                    ? Optional.empty()
                    : Optional.of("not written by mlops github workflow,"))
        .write(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private String wanted(Optional<MlopsRelease> asked) {
    String there = before.orElse("");
    boolean own = Files.isRegularFile(profile.folder().resolve("mlops"));
    Optional<MlopsRelease> release = asked.or(() -> MlopsRelease.in(there));
    if (release.isEmpty() && !own) {
      throw MlopsException.invalid(
          "The jobs of the workflow would have no mlops: there is no launcher beside %s"
              .formatted(profileFile.getFileName()),
          "Say where it is released: --release OWNER/NAME@v1.2.3.");
    }
    Map<String, String> common = new LinkedHashMap<>();
    ActionPin.BY_PLACE.forEach(
        (place, pin) -> common.put(place, pin.in(there).orElse(pin).toString()));
    common.put("RELEASE", release.map(MlopsRelease::step).orElse(""));
    common.put("MLOPS", release.isPresent() ? "mlops" : "./mlops");
    common.put("OPTIONS", " --cloud azure" + options);
    common.put("TRAINING", profile.training().name());
    String folder = root.relativize(profile.folder()).toString().replace('\\', '/');
    common.put("FOLDER", folder.isEmpty() ? "." : YamlText.of(folder));
    TriggerPaths triggers = new TriggerPaths(root, profile, profileFile);
    return new WorkflowText(profile, triggers, folder.isEmpty() ? "" : folder + "/", common).text();
  }
}
