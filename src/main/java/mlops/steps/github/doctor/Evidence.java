package mlops.steps.github.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import mlops.azure.github.GitHubSite;
import mlops.steps.github.login.ConnectedRepository;
import mlops.steps.github.login.Subject;

/**
 * What the log says and what GitHub and Graph hold, at one moment.
 *
 * @param site that was asked
 * @param repository empty where GitHub shows none
 * @param environments whether the repository has any environment
 * @param former names of repositories in credentials that lead to this one now
 * @param unread what could not be read, and why
 */
record Evidence(
    GitHubSite site,
    FailureText text,
    Optional<String> run,
    Optional<ConnectedRepository> repository,
    boolean environments,
    List<String> former,
    List<JobLogin> logins,
    List<String> unread,
    Instant now) {
  private static final int MOST_CREDENTIALS = 20;
  private static final Duration NEW = Duration.ofMinutes(10);

  boolean anySubject(Predicate<String> wanted) {
    return logins.stream().flatMap(JobLogin::subjects).anyMatch(wanted);
  }

  boolean anyCredential(Predicate<JsonNode> wanted) {
    return logins.stream().flatMap(l -> l.credentials().stream()).anyMatch(wanted);
  }

  /** Whether a credential is for exactly the subject of the token. */
  boolean isExact() {
    return anySubject(text.subject()::equals);
  }

  /** Whether one is but for capitals. */
  boolean isExactButForCase() {
    return !isExact() && anySubject(text.subject()::equalsIgnoreCase);
  }

  boolean hasIds() {
    return !withoutIds(text.subject()).equals(text.subject());
  }

  static String withoutIds(String subject) {
    return subject.replaceFirst("^repo:([^@/:]+)@\\d+/([^@:]+)@\\d+:", "repo:$1/$2:");
  }

  /** Whether a credential is for the name of before. */
  boolean isRenamed() {
    return anySubject(s -> FailureText.repository(s).filter(former::contains).isPresent());
  }

  /** The subject that GitHub gives to the jobs of the environment, as it spells them. */
  Optional<String> expected() {
    return login().flatMap(l -> repository.map(r -> Subject.of(r, l.environment())));
  }

  /** What stands behind the login that failed, as far as the log names its environment. */
  Optional<JobLogin> login() {
    return logins.stream()
        .filter(l -> l.environment().equalsIgnoreCase(text.environment()))
        .findFirst();
  }

  /** Whether GitHub shows a private repository without environments, as of a plan without them. */
  boolean lacksEnvironments() {
    return !environments && repository.filter(ConnectedRepository::isPrivate).isPresent();
  }

  /** Whether the credential for the subject is so new that copies of Entra may not have it. */
  boolean isNewCredential() {
    return logins.stream().flatMap(l -> l.made(text.subject()).stream()).anyMatch(this::isNew);
  }

  boolean isNewRole() {
    return shown().stream().flatMap(l -> l.roles().stream()).anyMatch(this::isNew);
  }

  private boolean isNew(Instant made) {
    return Duration.between(made, now).compareTo(NEW) < 0;
  }

  /** Those whose environment the log names; all where it names none. */
  private List<JobLogin> shown() {
    return login().map(List::of).orElse(logins);
  }

  /** The login whose application takes no further credential. */
  private Optional<JobLogin> full() {
    return logins.stream().filter(l -> l.credentials().size() >= MOST_CREDENTIALS).findFirst();
  }

  /** The name of a credential that no job of the repository uses. */
  private Optional<String> spare(JobLogin login) {
    List<String> used =
        repository.stream()
            .flatMap(r -> logins.stream().map(l -> Subject.of(r, l.environment())))
            .toList();
    return login.credentials().stream()
        .filter(c -> !used.contains(c.path("subject").asText()))
        .map(c -> c.path("name").asText())
        .findFirst();
  }

  /** A text with what is known in the place of {@code {repository}} and the like. */
  String fill(String template) {
    String application = login().map(JobLogin::application).orElse("the application");
    String named = repository.map(ConnectedRepository::fullName).orElse("OWNER/NAME");
    GitHubSite of = site.isPublic() ? GitHubSite.ofIssuer(text.issuer()).orElse(site) : site;
    return template
        .replace("{gh}", of.named(named))
        .replace("{repository}", named)
        .replace("{option}", of.option())
        .replace("{hostname}", of.hostname())
        .replace("{owner}", repository.map(ConnectedRepository::owner).orElse("OWNER"))
        .replace("{team}", text.team().orElse("TEAM"))
        .replace("{full}", full().map(l -> l.member("appId")).orElse("CLIENT_ID"))
        .replace("{spare}", full().flatMap(this::spare).orElse("NAME"))
        .replace("{subject}", text.subject())
        .replace("{issuer}", text.issuer())
        .replace("{audience}", text.audience())
        .replace("{identifier}", text.application())
        .replace("{environment}", login().map(JobLogin::environment).orElse("its environment"))
        .replace("{application}", application)
        .replace("{run}", run.orElse("RUN_ID"));
  }

  /** For people: what was looked at. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    Stream.of(text.code().orElse(""), text.subject())
        .filter(w -> !w.isEmpty())
        .reduce((code, subject) -> code + " for " + subject)
        .ifPresent(w -> words.add("the log: " + w));
    repository.ifPresent(
        r -> words.add("GitHub: %s is %s".formatted(r.fullName(), r.visibility())));
    for (JobLogin login : shown()) {
      repository.ifPresent(
          r ->
              words.add(
                  "GitHub: tokens of %s are for %s"
                      .formatted(login.environment(), Subject.of(r, login.environment()))));
      words.addAll(login.words());
    }
    words.addAll(unread);
    return words;
  }
}
