package mlops.steps;

import com.azure.core.management.exception.ManagementException;
import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.models.PrincipalType;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import mlops.azure.Azure;
import mlops.azure.RetryAfter;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.BuiltInRole;
import mlops.azure.time.Deadline;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * A principal holds a role on a scope, such as "Storage Blob Data Owner" on the storage account.
 *
 * <p>Where the directory does not know a new principal yet ({@code PrincipalNotFound}), it tries
 * again for five minutes: after five poll intervals (25 s on Azure) each time, later in growing
 * pauses ({@code GrowingPause}), or when Azure says if that is later.
 */
public final class RoleAssignmentStep implements Step {
  /** A new principal may take this long to reach every directory replica. */
  private static final Duration REPLICATION = Duration.ofMinutes(5);

  private final Azure azure;
  private final BuiltInRole role;
  private final Supplier<Optional<String>> scope;
  private final String whose;
  private final Supplier<Optional<String>> principalId;
  private final PrincipalType principalType;

  /**
   * @param scope an ARM id; empty while its resource does not exist yet
   * @param whose who is given the role, in the user's words
   * @param principalId empty while the principal does not exist yet
   */
  public RoleAssignmentStep(
      Azure azure,
      BuiltInRole role,
      Supplier<Optional<String>> scope,
      String whose,
      Supplier<Optional<String>> principalId,
      PrincipalType principalType) {
    this.azure = azure;
    this.role = role;
    this.scope = scope;
    this.whose = whose;
    this.principalId = principalId;
    this.principalType = principalType;
  }

  @Override
  public String describe() {
    return role.name() + " for " + whose;
  }

  @Override
  public Change check() {
    Optional<String> on = scope.get();
    Optional<String> principal = principalId.get();
    if (on.isEmpty() || principal.isEmpty()) {
      return Change.create("not assigned");
    }
    boolean held = // assignedTo finds what a principal holds through its groups, too
        azure
            .roleAssignments()
            .listForScope(
                on.get(), "assignedTo('%s')".formatted(principal.get()), null, null, Context.NONE)
            .stream()
            .anyMatch(a -> a.roleDefinitionId().toLowerCase(Locale.ROOT).endsWith(role.id()));
    return held ? Change.none() : Change.create("not assigned");
  }

  @Override
  public void apply(StepMessages messages) {
    String on = scope.get().orElseThrow();
    String principal = principalId.get().orElseThrow();
    RoleAssignmentCreateParameters assignment =
        new RoleAssignmentCreateParameters()
            .withRoleDefinitionId(ArmIds.roleDefinition(azure, role.id()))
            .withPrincipalId(principal)
            .withPrincipalType(principalType);
    AtomicReference<Duration> asked = new AtomicReference<>(Duration.ZERO);
    boolean done =
        Polling.until(
            () -> created(on, name(on, role, principal), assignment, asked),
            asked::get,
            Deadline.in(REPLICATION, azure.connection().time()),
            azure.connection().pollInterval().multipliedBy(5),
            messages,
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
  private boolean created(
      String on,
      String name,
      RoleAssignmentCreateParameters assignment,
      AtomicReference<Duration> asked) {
    try {
      azure.roleAssignments().create(on, name, assignment);
      return true;
    } catch (ManagementException e) {
      String code = e.getValue() == null ? "" : e.getValue().getCode();
      if (code.equals("RoleAssignmentExists")) {
        return true;
      }
      if (code.equals("PrincipalNotFound")) {
        asked.set(RetryAfter.in(e.getResponse()).orElse(Duration.ZERO));
        return false;
      }
      throw e;
    }
  }

  /** The same assignment has the same name each time, so that sending it twice makes one. */
  public static String name(String on, BuiltInRole role, String principal) {
    String seed = (on + "|" + role.id() + "|" + principal).toLowerCase(Locale.ROOT);
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
