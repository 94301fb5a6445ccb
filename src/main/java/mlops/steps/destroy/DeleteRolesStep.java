package mlops.steps.destroy;

import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import mlops.azure.Azure;
import mlops.azure.ml.ArmIds;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.RoleAssignmentStep;
import mlops.steps.RoleAssignmentStep.Role;

/**
 * Nobody holds a role on a resource that mlops gave him: it is told by its name, which follows from
 * who holds what where. So those of principals that are gone are found, too.
 */
final class DeleteRolesStep implements Step {
  private static final List<Role> GIVEN =
      List.of(Role.BLOB_OWNER, Role.BLOB_CONTRIBUTOR, Role.REGISTRY_USER, Role.READER);

  private final Azure azure;
  private final String scope;
  private final String apiVersion;
  private final Supplier<Optional<String>> only;

  /**
   * @param scope the ARM id of the resource
   * @param apiVersion for the resource
   * @param only the principal whose roles go; those of all go where {@link #everybody} is given
   */
  DeleteRolesStep(Azure azure, String scope, String apiVersion, Supplier<Optional<String>> only) {
    this.azure = azure;
    this.scope = scope;
    this.apiVersion = apiVersion;
    this.only = only;
  }

  /** Whose roles go where nobody is picked out. */
  static Supplier<Optional<String>> everybody() {
    return () -> Optional.of("");
  }

  @Override
  public String describe() {
    return "roles on " + scope.substring(scope.lastIndexOf('/') + 1);
  }

  @Override
  public Change check() {
    List<RoleAssignmentInner> given = given();
    return given.isEmpty()
        ? Change.none("none of mlops's")
        : Change.delete(
            given.stream()
                .collect(Collectors.groupingBy(a -> role(a).map(Role::name).orElse("")))
                .entrySet()
                .stream()
                .map(e -> "%d × %s".formatted(e.getValue().size(), e.getKey()))
                .sorted()
                .collect(Collectors.joining(", ")));
  }

  private List<RoleAssignmentInner> given() {
    Optional<String> principal = only.get();
    if (principal.isEmpty() || azure.arm().find(scope, apiVersion).isEmpty()) {
      return List.of();
    }
    return azure
        .roleAssignments()
        .listForScope(scope, "atScope()", null, null, Context.NONE)
        .stream()
        .filter(a -> ArmIds.same(a.scope(), scope) && isGiven(a))
        .filter(a -> principal.get().isEmpty() || a.principalId().equals(principal.get()))
        .toList();
  }

  private boolean isGiven(RoleAssignmentInner assignment) {
    return role(assignment)
        .filter(
            role ->
                RoleAssignmentStep.name(scope, role, assignment.principalId())
                    .equals(assignment.name()))
        .isPresent();
  }

  private static Optional<Role> role(RoleAssignmentInner assignment) {
    String definition = assignment.roleDefinitionId().toLowerCase(Locale.ROOT);
    return GIVEN.stream().filter(role -> definition.endsWith(role.id())).findFirst();
  }

  @Override
  public void apply(StepMessages notes) {
    given().forEach(a -> azure.roleAssignments().delete(scope, a.name()));
  }
}
