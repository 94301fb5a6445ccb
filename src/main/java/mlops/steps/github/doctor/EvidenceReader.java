package mlops.steps.github.doctor;

import com.azure.core.exception.AzureException;
import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import mlops.azure.Azure;
import mlops.azure.github.GitHubClient;
import mlops.error.MlopsException;
import mlops.profile.Profile;
import mlops.steps.github.login.ApplicationName;
import mlops.steps.github.login.ConnectedRepository;
import mlops.steps.github.login.Graph;

/** Reads what GitHub and Graph hold. What they refuse to show is noted, and the rest still read. */
final class EvidenceReader {
  private final Azure azure;
  private final Profile profile;
  private final GitHubClient github;
  private final List<String> unread = new ArrayList<>();

  EvidenceReader(Azure azure, Profile profile, GitHubClient github) {
    this.azure = azure;
    this.profile = profile;
    this.github = github;
  }

  /**
   * All that a diagnosis may need.
   *
   * @param repository as the user names it; that of the log if empty
   */
  Evidence read(FailureText text, Optional<String> repository, Optional<String> run, Instant now) {
    Optional<String> named = repository.or(text::repository);
    Optional<ConnectedRepository> found =
        named.flatMap(
            name ->
                attempt("GitHub", () -> ConnectedRepository.find(github, name), Optional.empty()));
    if (found.isEmpty()) {
      unread.add(
          named
              .map("GitHub: no repository %s is shown to this token"::formatted)
              .orElse("GitHub: not asked, for no repository is named; --repo OWNER/NAME does"));
    }
    List<JobLogin> logins = profile.environments().stream().map(e -> login(e, found)).toList();
    List<String> former = found.map(r -> former(r, logins)).orElse(List.of());
    boolean any = found.map(r -> attempt("GitHub", () -> hasEnvironments(r), true)).orElse(true);
    return new Evidence(
        github.site(), text, run, found, any, former, logins, List.copyOf(unread), now);
  }

  private JobLogin login(
      Profile.Environment environment, Optional<ConnectedRepository> repository) {
    String name = ApplicationName.of(profile, environment);
    String gitHub = profile.gitHub(environment).name();
    Optional<JsonNode> application =
        attempt(
            "Graph", () -> Graph.applications(azure, name).stream().findFirst(), Optional.empty());
    String objectId = application.map(a -> a.path("id").asText()).orElse("");
    String appId = application.map(a -> a.path("appId").asText()).orElse("");
    return new JobLogin(
        gitHub,
        name,
        application,
        objectId.isEmpty()
            ? List.of()
            : attempt("Graph", () -> azure.graph().list(Graph.credentials(objectId)), List.of()),
        appId.isEmpty() ? List.of() : attempt("Azure", () -> roles(appId), List.of()),
        repository
            .map(r -> attempt("GitHub", () -> variables(r, gitHub), Map.<String, String>of()))
            .orElse(Map.of()));
  }

  private boolean hasEnvironments(ConnectedRepository repository) {
    return github
        .find(repository.path() + "/environments")
        .filter(all -> all.path("total_count").asInt() > 0)
        .isPresent();
  }

  private List<Instant> roles(String appId) {
    String group = azure.subscriptionId() + "/resourceGroups/" + profile.resourceGroups().ml();
    return Graph.principals(azure, appId).stream()
        .map(p -> "assignedTo('%s')".formatted(p.path("id").asText()))
        .flatMap(
            f -> azure.roleAssignments().listForScope(group, f, null, null, Context.NONE).stream())
        .map(RoleAssignmentInner::createdOn)
        .filter(Objects::nonNull)
        .map(OffsetDateTime::toInstant)
        .toList();
  }

  private Map<String, String> variables(ConnectedRepository repository, String environment) {
    Map<String, String> values = new HashMap<>();
    String path = repository.environment(environment) + "/variables";
    github
        .list(path, "variables")
        .forEach(v -> values.put(v.path("name").asText(), v.path("value").asText()));
    return values;
  }

  /** Names in subjects of credentials that lead to this repository, which is called otherwise. */
  private List<String> former(ConnectedRepository repository, List<JobLogin> logins) {
    return logins.stream()
        .flatMap(JobLogin::subjects)
        .flatMap(s -> FailureText.repository(s).stream())
        .distinct()
        .filter(name -> !name.equalsIgnoreCase(repository.fullName()))
        .filter(name -> attempt("GitHub", () -> leadsTo(repository, name), false))
        .toList();
  }

  private boolean leadsTo(ConnectedRepository repository, String name) {
    return github
        .find("/repos/" + name)
        .filter(found -> found.path("id").asLong() == repository.id())
        .isPresent();
  }

  private <T> T attempt(String whom, Supplier<T> question, T otherwise) {
    try {
      return question.get();
    } catch (MlopsException | AzureException e) {
      unread.add("%s does not say: %s".formatted(whom, e.getMessage()));
      return otherwise;
    }
  }
}
