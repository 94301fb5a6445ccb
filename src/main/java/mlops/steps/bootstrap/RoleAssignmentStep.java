package mlops.steps.bootstrap;

import com.azure.core.management.exception.ManagementException;
import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.models.PrincipalType;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import mlops.azure.Azure;
import mlops.azure.Deadline;
import mlops.azure.ml.ArmIds;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * A principal holds "Storage Blob Data Owner" on the storage account.
 *
 * <p>Where the directory does not know a new principal yet ({@code PrincipalNotFound}), it tries
 * again every five poll intervals (25 s on Azure), for five minutes.
 */
final class RoleAssignmentStep implements Step {
  private static final String ROLE = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";

  /** A new principal may take this long to reach every directory replica. */
  private static final Duration REPLICATION = Duration.ofMinutes(5);

  private final Azure azure;
  private final Output<String> accountId;
  private final String whose;
  private final Supplier<Optional<String>> principalId;
  private final PrincipalType principalType;

  /**
   * @param whose who is given the role, in the user's words
   * @param principalId empty while the principal does not exist yet
   */
  RoleAssignmentStep(
      Azure azure,
      Output<String> accountId,
      String whose,
      Supplier<Optional<String>> principalId,
      PrincipalType principalType) {
    this.azure = azure;
    this.accountId = accountId;
    this.whose = whose;
    this.principalId = principalId;
    this.principalType = principalType;
  }

  @Override
  public String describe() {
    return "Storage Blob Data Owner for " + whose;
  }

  @Override
  public Change check() {
    Optional<String> scope = accountId.ifKnown();
    Optional<String> principal = principalId.get();
    if (scope.isEmpty() || principal.isEmpty()) {
      return Change.create("not assigned");
    }
    boolean held = // assignedTo finds what a principal holds through its groups, too
        azure
            .roleAssignments()
            .listForScope(
                scope.get(),
                "assignedTo('%s')".formatted(principal.get()),
                null,
                null,
                Context.NONE)
            .stream()
            .anyMatch(a -> a.roleDefinitionId().toLowerCase(Locale.ROOT).endsWith(ROLE));
    return held ? Change.none() : Change.create("not assigned");
  }

  @Override
  public void apply(StepMessages notes) {
    String scope = accountId.get();
    String principal = principalId.get().orElseThrow();
    RoleAssignmentCreateParameters assignment =
        new RoleAssignmentCreateParameters()
            .withRoleDefinitionId(ArmIds.roleDefinition(azure, ROLE))
            .withPrincipalId(principal)
            .withPrincipalType(principalType);
    boolean done =
        Polling.until(
            () -> created(scope, name(scope, principal), assignment),
            Deadline.in(REPLICATION),
            azure.connection().pollInterval().multipliedBy(5),
            notes,
            "waiting until the directory knows " + whose);
    if (!done) {
      throw MlopsException.failed(
          "PrincipalNotFound",
          "the directory does not know %s after %d minutes"
              .formatted(whose, REPLICATION.toMinutes()),
          "Run it again: it goes on where it stopped.");
    }
  }

  /** Tries once; false to retry, where the directory does not know the principal yet. */
  private boolean created(String scope, String name, RoleAssignmentCreateParameters assignment) {
    try {
      azure.roleAssignments().create(scope, name, assignment);
      return true;
    } catch (ManagementException e) {
      String code = e.getValue() == null ? "" : e.getValue().getCode();
      if (code.equals("RoleAssignmentExists")) {
        return true;
      }
      if (code.equals("PrincipalNotFound")) {
        return false;
      }
      throw e;
    }
  }

  /** The same assignment has the same name each time, so that sending it twice makes one. */
  private static String name(String scope, String principal) {
    String seed = (scope + "|" + ROLE + "|" + principal).toLowerCase(Locale.ROOT);
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
