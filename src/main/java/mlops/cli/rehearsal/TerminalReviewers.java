package mlops.cli.rehearsal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.Question;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.Owner;
import mlops.emulator.github.account.Team;
import mlops.emulator.github.actions.DeploymentReviews.Pending;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.Review;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.github.environment.DeploymentEnvironment;
import mlops.emulator.github.environment.Reviewer;
import mlops.error.MlopsException;
import mlops.rehearsal.ReviewDesk;

/** Reviewers by the command line, else by a question; without a terminal others may answer. */
final class TerminalReviewers implements ReviewDesk {
  private final GitHubActions actions;
  private final String repository;
  private final List<ReviewAnswer> answers;
  private final Console console;
  private final Question question;

  TerminalReviewers(
      GitHubActions actions, String repository, List<ReviewAnswer> answers, Console console) {
    this.actions = actions;
    this.repository = repository;
    this.answers = answers;
    this.console = console;
    this.question = new Question(console);
  }

  @Override
  public Optional<Review> ask(WorkflowRun run, Pending pending) {
    DeploymentEnvironment environment = pending.environment();
    List<String> able =
        logins(environment)
            .filter(login -> actions.reviews().mayReview(login, environment, run))
            .toList();
    Optional<ReviewAnswer> said = ReviewAnswer.in(answers, environment.name());
    if (said.isPresent()) {
      requireReviewer(said.get(), able, environment);
      return Optional.of(review(said.get().state(), said.get().login(), environment));
    }
    String who = names(environment);
    if (!console.live() || able.isEmpty()) {
      tell(run, pending, who);
      return Optional.empty();
    }
    String login = able.contains(GitHubDirectory.USER) ? GitHubDirectory.USER : able.get(0);
    boolean yes =
        question.yes(
            "  %s waits for %s. Let it into %s, as %s?"
                .formatted(pending.job().name(), who, environment.name(), login));
    return Optional.of(review(yes ? Review.APPROVED : Review.REJECTED, login, environment));
  }

  private static void requireReviewer(
      ReviewAnswer answer, List<String> able, DeploymentEnvironment environment) {
    if (able.stream().noneMatch(answer.login()::equalsIgnoreCase)) {
      throw MlopsException.invalid(
          "%s may not review jobs of the environment %s"
              .formatted(answer.login(), environment.name()),
          able.isEmpty()
              ? "Nobody may: whoever starts a run does not review it here."
              : "Those who may: " + String.join(", ", able) + ".");
    }
  }

  private Review review(String state, String login, DeploymentEnvironment environment) {
    return new Review(
        List.of(environment.number()), state, "mlops github rehearse", login, actions.runs().now());
  }

  private void tell(WorkflowRun run, Pending pending, String who) {
    console
        .err()
        .println(
            "  %s waits for %s: mlops approve --repo %s --run %d --env %s lets it in"
                .formatted(
                    pending.job().name(),
                    who,
                    repository,
                    run.number(),
                    pending.environment().name()));
    console.err().flush();
  }

  private Stream<String> logins(DeploymentEnvironment environment) {
    return environment.protection().reviewers().stream()
        .flatMap(r -> isTeam(r) ? team(r).flatMap(t -> t.members().stream()) : person(r))
        .distinct();
  }

  private String names(DeploymentEnvironment environment) {
    return environment.protection().reviewers().stream()
        .flatMap(r -> isTeam(r) ? team(r).map(Team::fullName) : person(r))
        .collect(Collectors.joining(", "));
  }

  private static boolean isTeam(Reviewer reviewer) {
    return reviewer.type().equals(Reviewer.TEAM);
  }

  private Stream<Team> team(Reviewer reviewer) {
    return actions.directory().team(reviewer.number()).stream();
  }

  private Stream<String> person(Reviewer reviewer) {
    return actions.directory().owner(reviewer.number()).map(Owner::login).stream();
  }
}
