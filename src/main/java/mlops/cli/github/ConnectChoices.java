package mlops.cli.github;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import mlops.azure.github.GitHubSite;
import mlops.error.MlopsException;
import mlops.explain.Given;
import mlops.steps.github.ConnectOptions;
import picocli.CommandLine.Option;

/** What connect is told, and status again, to compare with the same. */
final class ConnectChoices {
  private static final Pattern REVIEWER = Pattern.compile("[A-Za-z0-9-]+(/[A-Za-z0-9._-]+)?");

  /** For which form of the subject there are credentials. */
  enum SubjectForm {
    CURRENT,
    BOTH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--reviewer",
      paramLabel = "LOGIN|ORG/TEAM",
      description =
          "Who lets jobs into the environments behind the first one (the profile's, or who does already,"
              + " or you); may be repeated.")
  List<String> reviewers = List.of();

  @Option(names = "--no-reviewers", description = "Ask nobody before a job is let in.")
  boolean noReviewers;

  @Option(
      names = "--branch",
      paramLabel = "PATTERN",
      description =
          "Which branches may deploy (the profile's, or those that may already, or the default one);"
              + " may be repeated.")
  List<String> branches = List.of();

  @Option(
      names = "--subject",
      paramLabel = "current|both",
      description =
          "Take the subject that tokens have now, or both forms while the repository changes its"
              + " own (current).")
  SubjectForm subject = SubjectForm.CURRENT;

  @Option(
      names = "--ids-as-secrets",
      description =
          "Keep the ids of the login in secrets, as the guide does, and not in variables.")
  boolean secrets;

  /**
   * What the user chose, checked.
   *
   * @param repository it is about
   * @param renewed whether credentials that are there are made again
   */
  ConnectOptions options(RepositoryOption repository, boolean renewed) {
    String named = repository.required();
    GitHubSite site = repository.site();
    require(
        subject == SubjectForm.CURRENT || !site.isServer(),
        "--subject both is about subjects with ids, and a GitHub Enterprise Server has none",
        "Leave it out.");
    for (String reviewer : reviewers) {
      require(
          REVIEWER.matcher(reviewer).matches(),
          "--reviewer is \"%s\"".formatted(reviewer),
          "Give a login such as mona, or a team as ORG/TEAM.");
    }
    require(
        !noReviewers || reviewers.isEmpty(),
        "--no-reviewers and --reviewer contradict each other",
        "Give one of them.");
    return new ConnectOptions(
        site,
        named,
        reviewers,
        !noReviewers,
        branches,
        subject == SubjectForm.BOTH,
        renewed,
        secrets);
  }

  /** What of it stands in the lines of gh. */
  Given given(Given given) {
    Given told = noReviewers ? given.with("unreviewed", "yes") : given;
    told = reviewers.isEmpty() ? told : told.with("reviewers", String.join(" ", reviewers));
    return branches.isEmpty() ? told : told.with("branches", String.join(" ", branches));
  }

  private static void require(boolean right, String mistake, String hint) {
    if (!right) {
      throw MlopsException.invalid(mistake, hint);
    }
  }
}
