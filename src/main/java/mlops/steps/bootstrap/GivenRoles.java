package mlops.steps.bootstrap;

import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.ArmIds;
import mlops.steps.RoleAssignmentStep;
import mlops.steps.RoleAssignmentStep.Role;

/**
 * The roles on one resource. Those that mlops gave are told by the names of their assignments,
 * which follow from who holds what where: so they are known when their principals are gone, too.
 *
 * @param scope the ARM id of the resource
 * @param apiVersion for the resource
 */
public record GivenRoles(Azure azure, String scope, String apiVersion) {
  private static final List<Role> GIVEN =
      List.of(
          Role.BLOB_OWNER,
          Role.BLOB_CONTRIBUTOR,
          Role.REGISTRY_USER,
          Role.READER,
          Role.CONTRIBUTOR,
          Role.DATA_SCIENTIST);

  /** All that are assigned on the resource itself; none where it is not there. */
  public List<RoleAssignmentInner> all() {
    if (azure.arm().find(scope, apiVersion).isEmpty()) {
      return List.of();
    }
    return azure
        .roleAssignments()
        .listForScope(scope, "atScope()", null, null, Context.NONE)
        .stream()
        .filter(assignment -> ArmIds.same(assignment.scope(), scope))
        .toList();
  }

  /** Whether mlops gave it. */
  public boolean isGiven(RoleAssignmentInner assignment) {
    return role(assignment)
        .filter(
            role ->
                RoleAssignmentStep.name(scope, role, assignment.principalId())
                    .equals(assignment.name()))
        .isPresent();
  }

  /** Which of the roles that mlops gives it is; empty where it is another. */
  public static Optional<Role> role(RoleAssignmentInner assignment) {
    String definition = assignment.roleDefinitionId().toLowerCase(Locale.ROOT);
    return GIVEN.stream().filter(role -> definition.endsWith(role.id())).findFirst();
  }
}
