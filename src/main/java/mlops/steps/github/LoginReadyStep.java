package mlops.steps.github;

import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mlops.azure.Azure;
import mlops.azure.time.Deadline;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.Polling;
import mlops.steps.github.ApplicationStep.Application;
import mlops.steps.github.login.CredentialOrigin;
import mlops.steps.github.login.Graph;

/**
 * The jobs of an environment can log in: credential and roles can be read. Reads lag behind writes,
 * and logins behind reads; nobody but a job can try one, so what is new is said to be new.
 */
final class LoginReadyStep implements Step {
  private static final Duration READABLE = Duration.ofMinutes(4);

  /** Poll intervals: five minutes on Azure. */
  private static final int NEW = 60;

  private final Azure azure;
  private final String environment;
  private final Login login;
  private final Clock clock;

  /**
   * What a job needs to log in and to work.
   *
   * @param scopes on which the principal holds a role
   */
  record Login(
      Output<Application> application,
      Supplier<String> subject,
      Output<String> principal,
      List<String> scopes) {}

  LoginReadyStep(Azure azure, String environment, Login login, Clock clock) {
    this.azure = azure;
    this.environment = environment;
    this.login = login;
    this.clock = clock;
  }

  @Override
  public String describe() {
    return "logins of the jobs of " + environment;
  }

  @Override
  public Change check() {
    if (login.application().ifKnown().isEmpty() || login.principal().ifKnown().isEmpty()) {
      return Change.run("once its credential and roles are there");
    }
    return made()
        .map(this::age)
        .orElseGet(() -> Change.run("once Azure shows its credential and roles"));
  }

  private Change age(Instant made) {
    Duration age = Duration.between(made, clock.instant());
    Duration young = azure.connection().pollInterval().multipliedBy(NEW);
    return Change.none(
        age.compareTo(young) > 0
            ? "can work"
            : "new since %d s: may be refused for minutes yet, with AADSTS700213 or No subscriptions found"
                .formatted(Math.max(0, age.toSeconds())));
  }

  /** When the last of what a login needs was made; empty while not all of it is shown. */
  private Optional<Instant> made() {
    String wanted = login.subject().get();
    Optional<JsonNode> credential =
        azure.graph().list(Graph.credentials(login.application().get().objectId())).stream()
            .filter(c -> c.path("subject").asText().equals(wanted))
            .findFirst();
    List<Instant> times = new ArrayList<>();
    credential.flatMap(CredentialOrigin::of).ifPresent(origin -> times.add(origin.made()));
    for (String scope : login.scopes()) {
      Optional<RoleAssignmentInner> role = role(scope);
      if (role.isEmpty()) {
        return Optional.empty();
      }
      role.map(RoleAssignmentInner::createdOn).ifPresent(on -> times.add(on.toInstant()));
    }
    return credential.map(c -> times.stream().max(Instant::compareTo).orElse(Instant.EPOCH));
  }

  private Optional<RoleAssignmentInner> role(String scope) {
    String filter = "assignedTo('%s')".formatted(login.principal().get());
    return azure.roleAssignments().listForScope(scope, filter, null, null, Context.NONE).stream()
        .findFirst();
  }

  @Override
  public void apply(StepMessages messages) {
    boolean shown =
        Polling.until(
            () -> made().isPresent(),
            Deadline.in(READABLE),
            azure.connection().pollInterval(),
            messages,
            "waiting until Azure shows the credential and roles of " + environment);
    if (!shown) {
      throw MlopsException.failed(
          "LoginNotReady",
          "Azure does not show the credential and roles of %s after %d minutes, though it took them"
              .formatted(environment, READABLE.toMinutes()),
          "Run it again: it goes on where it stopped.");
    }
    messages.say(check().reason());
  }
}
