package mlops.steps.github.disconnect;

import java.util.List;
import java.util.stream.Collectors;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.azure.ml.BuiltInRole;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.RoleAssignmentStep;

/**
 * The application holds none of the roles that connect gave it. Azure keeps the assignments of who
 * is gone, so they go first.
 */
final class RemoveRolesStep implements Step {

  /** A role on a scope, an ARM id. */
  record Grant(BuiltInRole role, String scope) {}

  private final Azure azure;
  private final ConnectedApplication application;
  private final List<Grant> grants;

  RemoveRolesStep(Azure azure, ConnectedApplication application, List<Grant> grants) {
    this.azure = azure;
    this.application = application;
    this.grants = grants;
  }

  @Override
  public String describe() {
    return "roles of " + application.name();
  }

  @Override
  public Change check() {
    List<Grant> held = held();
    return held.isEmpty()
        ? Change.none("holds none of connect's")
        : Change.delete(
            held.stream()
                .map(g -> "%s on %s".formatted(g.role().name(), last(g.scope())))
                .collect(Collectors.joining(", ")));
  }

  private static String last(String scope) {
    return scope.substring(scope.lastIndexOf('/') + 1);
  }

  private List<Grant> held() {
    return application.principal().stream()
        .flatMap(principal -> grants.stream().filter(grant -> isHeld(grant, principal)))
        .toList();
  }

  private boolean isHeld(Grant grant, String principal) {
    String name = RoleAssignmentStep.name(grant.scope(), grant.role(), principal);
    return Lookup.find(() -> azure.roleAssignments().get(grant.scope(), name)).isPresent();
  }

  @Override
  public void apply(StepMessages messages) {
    String principal = application.principal().orElseThrow();
    for (Grant grant : held()) {
      String name = RoleAssignmentStep.name(grant.scope(), grant.role(), principal);
      azure.roleAssignments().delete(grant.scope(), name);
    }
  }
}
