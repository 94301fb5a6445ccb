package mlops.steps.destroy;

import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import mlops.azure.Azure;
import mlops.azure.ml.BuiltInRole;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.bootstrap.GivenRoles;

/**
 * Nobody holds a role on a resource that mlops gave him: it is told by its name, which follows from
 * who holds what where. So those of principals that are gone are found, too.
 */
final class DeleteRolesStep implements Step {
  private final Azure azure;
  private final String scope;
  private final GivenRoles roles;
  private final Supplier<Optional<String>> only;

  /**
   * @param scope the ARM id of the resource
   * @param apiVersion for the resource
   * @param only the principal whose roles go; those of all go where {@link #everybody} is given
   */
  DeleteRolesStep(Azure azure, String scope, String apiVersion, Supplier<Optional<String>> only) {
    this.azure = azure;
    this.scope = scope;
    this.roles = new GivenRoles(azure, scope, apiVersion);
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
                .collect(
                    Collectors.groupingBy(
                        a -> GivenRoles.role(a).map(BuiltInRole::name).orElse("")))
                .entrySet()
                .stream()
                .map(e -> "%d × %s".formatted(e.getValue().size(), e.getKey()))
                .sorted()
                .collect(Collectors.joining(", ")));
  }

  private List<RoleAssignmentInner> given() {
    Optional<String> principal = only.get();
    return roles.all().stream()
        .filter(roles::isGiven)
        .filter(a -> principal.filter(id -> id.isEmpty() || id.equals(a.principalId())).isPresent())
        .toList();
  }

  @Override
  public void apply(StepMessages messages) {
    given().forEach(a -> azure.roleAssignments().delete(scope, a.name()));
  }
}
