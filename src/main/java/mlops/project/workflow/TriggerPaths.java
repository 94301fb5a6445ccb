package mlops.project.workflow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mlops.profile.Profile;

/**
 * Which pushes start the workflow: those that touch the guide's folder of code where there is one,
 * else those that touch the profile or the folders of the files that it names.
 *
 * @param root the folder of the repository
 */
record TriggerPaths(Path root, Profile profile, Path profileFile) {
  private static final String GUIDE = "data-science";

  private boolean isGuide() {
    return Files.isDirectory(profile.folder().resolve(GUIDE));
  }

  /** Where the profile lies in the repository. */
  String profileName() {
    return name(profileFile);
  }

  /** What the patterns are, as a comment beside them. */
  String why() {
    return isGuide()
        ? "the folder of code that the guide watches"
        : "the profile and the folders of its files, for there is no %s/, which the guide watches"
            .formatted(GUIDE);
  }

  /** Patterns from the root of the repository, in a fixed order. */
  List<String> patterns() {
    if (isGuide()) {
      return List.of(pattern(profile.folder().resolve(GUIDE)));
    }
    return Stream.concat(Stream.of(profileFile), files().map(this::watched))
        .filter(path -> path.startsWith(root))
        .map(this::pattern)
        .distinct()
        .sorted()
        .toList();
  }

  /** The folder beside the profile that a file lies in; the file itself, where it is in none. */
  private Path watched(Path file) {
    return file.startsWith(profile.folder())
        ? profile.folder().resolve(profile.folder().relativize(file).getName(0))
        : file;
  }

  private String pattern(Path path) {
    String literal = name(path).replaceAll("[\\\\*?+!\\[\\]]", "\\\\$0");
    return Files.isDirectory(path) ? literal + "/**" : literal;
  }

  private String name(Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }

  private Stream<Path> files() {
    Profile.Training training = profile.training();
    return Stream.of(
            Stream.of(training.pipeline()),
            training.assets().stream().map(Profile.Asset::file),
            profile.environments().stream().flatMap(TriggerPaths::files),
            profile.targets().stream().map(Profile.Target::files).flatMap(TriggerPaths::files))
        .flatMap(files -> files);
  }

  private static Stream<Path> files(Profile.Environment environment) {
    return Stream.concat(
        Stream.of(environment.compute(), environment.environment()),
        environment.blobs().uploads().stream().map(Profile.Upload::file));
  }

  private static Stream<Path> files(Profile.TargetFiles files) {
    return Stream.of(files.datastore(), files.data(), files.endpoint(), files.deployment());
  }
}
