package mlops.cli.github;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import mlops.azure.github.GitHubSite;
import mlops.error.MlopsException;
import mlops.explain.Given;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which repository a command is about, on which GitHub, and which run of it. */
public final class RepositoryOption {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+/[A-Za-z0-9._-]+");

  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec spec;

  @Option(names = "--repo", paramLabel = "OWNER/NAME", description = "The repository.")
  @Nullable String repository;

  @Option(
      names = "--github-url",
      paramLabel = "URL",
      description =
          "The enterprise's own GitHub that has it, such as github.example.com or acme.ghe.com.")
  @Nullable String url;

  /** As the user spells it, if he names one. */
  public Optional<String> find() {
    Optional<String> named = Optional.ofNullable(repository);
    named.ifPresent(RepositoryOption::check);
    return named;
  }

  /** For a command that cannot do without. */
  String required() {
    return find()
        .orElseThrow(
            () ->
                MlopsException.invalid(
                    "%s needs the repository".formatted(spec == null ? "it" : spec.name()),
                    "Add --repo OWNER/NAME."));
  }

  /** The GitHub that has it. */
  public GitHubSite site() {
    return url == null ? GitHubSite.PUBLIC : GitHubSite.of(url);
  }

  /** What its steps are told. */
  Given given() {
    String named = required();
    GitHubSite site = site();
    String[] names = named.split("/", -1);
    Given given =
        Given.nothing()
            .with("owner", names[0])
            .with("repo", names[1])
            .with("gh-repo", named)
            .with("issuer", site.issuer())
            .with("repo-options", List.of(new Given.Option("--repo", site.named(named))));
    if (!site.isPublic()) {
      given = given.with("host-options", List.of(new Given.Option("--hostname", site.host())));
    }
    return site.isServer() ? given.with("subject-prefix", "repo:" + named) : given;
  }

  private static void check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw MlopsException.invalid(
          "--repo is \"%s\"".formatted(name), "Give it as OWNER/NAME, such as octo-org/taxi.");
    }
  }

  /** The number of a run. */
  static String run(String id) {
    if (!id.matches("\\d{1,18}")) {
      throw MlopsException.invalid(
          "--run is \"%s\"".formatted(id), "Give the number of a run: gh run list shows them.");
    }
    return id;
  }
}
