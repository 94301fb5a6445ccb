package mlops.explain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.profile.Profile;
import mlops.profile.Profile.GitHubEnvironment;

/**
 * How gh is told who reviews an environment, and which branches it takes. What a command is told
 * stands among the values: {@code reviewers} and {@code branches} with blanks between them, {@code
 * unreviewed} where there are to be none.
 */
final class GitHubOptions {
  private static final String FIELD = "--field";

  /** A text, even where it looks like a number. */
  private static final String TEXT = "--raw-field";

  /** The fields of an environment that name its reviewers. */
  static List<Given.Option> reviewers(Profile profile, Map<String, String> values) {
    return paths(profile, values)
        .flatMap(
            path ->
                Stream.of(
                    new Given.Option(
                        FIELD,
                        "\"reviewers[][type]=%s\"".formatted(isTeam(path) ? "Team" : "User"),
                        true),
                    new Given.Option(
                        FIELD,
                        "\"reviewers[][id]=$(gh api{host-options} %s --jq .id)\"".formatted(path),
                        true)))
        .toList();
  }

  /** What is asked to see that they are there. */
  static List<Given.Option> who(Profile profile, Map<String, String> values) {
    return paths(profile, values).map(path -> new Given.Option("--jq .id", path)).toList();
  }

  private static boolean isTeam(String path) {
    return path.startsWith("orgs/");
  }

  /** Where GitHub shows each reviewer. */
  private static Stream<String> paths(Profile profile, Map<String, String> values) {
    List<String> own = environment(profile, values).reviewers();
    boolean trains = profile.training().name().equals(values.get("env"));
    if (values.containsKey("unreviewed") || (trains && own.isEmpty())) {
      return Stream.empty();
    }
    List<String> names = trains ? own : words(values, "reviewers").orElse(own);
    return names.isEmpty() ? Stream.of("user") : names.stream().map(GitHubOptions::path);
  }

  private static String path(String reviewer) {
    return reviewer.contains("/")
        ? "orgs/" + reviewer.replace("/", "/teams/")
        : "users/" + reviewer;
  }

  /** A field for each branch. */
  static List<Given.Option> branches(Profile profile, Map<String, String> values) {
    List<String> named =
        words(values, "branches").orElseGet(() -> environment(profile, values).branches());
    return named.isEmpty()
        ? List.of(
            new Given.Option(
                TEXT,
                "\"name=$(gh api{host-options} repos/{gh-repo} --jq .default_branch)\"",
                true))
        : named.stream().map(branch -> new Given.Option(TEXT, "name=" + branch)).toList();
  }

  private static Optional<List<String>> words(Map<String, String> values, String name) {
    return Optional.ofNullable(values.get(name)).map(words -> List.of(words.split(" ")));
  }

  private static GitHubEnvironment environment(Profile profile, Map<String, String> values) {
    return profile.environments().stream()
        .filter(e -> e.name().equals(values.get("env")))
        .map(profile::gitHub)
        .findFirst()
        .orElseGet(() -> profile.gitHub(profile.training().environment()));
  }

  private GitHubOptions() {}
}
