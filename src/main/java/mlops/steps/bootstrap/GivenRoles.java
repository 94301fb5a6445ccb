package mlops.steps.bootstrap;

import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.BuiltInRole;
import mlops.steps.RoleAssignmentStep;

/**
 * The roles on one resource. Those that mlops gave are told by the names of their assignments,
 * which follow from who holds what where: so they are known when their principals are gone, too.
 *
 * @param scope the ARM id of the resource
 * @param apiVersion for the resource
 */
public record GivenRoles(Azure azure, String scope, String apiVersion) {
  private static final List<BuiltInRole> GIVEN =
      List.of(
          BuiltInRole.BLOB_OWNER,
          BuiltInRole.BLOB_CONTRIBUTOR,
          BuiltInRole.REGISTRY_USER,
          BuiltInRole.READER,
          BuiltInRole.CONTRIBUTOR,
          BuiltInRole.DATA_SCIENTIST);

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
  public static Optional<BuiltInRole> role(RoleAssignmentInner assignment) {
    String definition = assignment.roleDefinitionId().toLowerCase(Locale.ROOT);
    return GIVEN.stream().filter(role -> definition.endsWith(role.id())).findFirst();
  }
}
