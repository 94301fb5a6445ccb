package mlops.steps.drift;

import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.bootstrap.GivenRoles;

/** On a resource nobody holds a role of his own but those that mlops gave. */
final class ExtraRolesStep implements Step {
  private static final String DEFINITIONS_API = "2022-04-01";

  private final Azure azure;
  private final String scope;
  private final GivenRoles roles;
  private final Supplier<Set<String>> ofAzure;

  /**
   * @param scope the ARM id of the resource
   * @param ofAzure the principals to which Azure itself gives roles
   */
  ExtraRolesStep(Azure azure, String scope, String apiVersion, Supplier<Set<String>> ofAzure) {
    this.ofAzure = ofAzure;
    this.azure = azure;
    this.scope = scope;
    this.roles = new GivenRoles(azure, scope, apiVersion);
  }

  @Override
  public String describe() {
    return "no other roles on " + scope.substring(scope.lastIndexOf('/') + 1);
  }

  @Override
  public Change check() {
    List<RoleAssignmentInner> others = others();
    return others.isEmpty()
        ? Change.none("only those of mlops")
        : Change.delete(others.stream().map(this::words).collect(Collectors.joining("; ")));
  }

  private List<RoleAssignmentInner> others() {
    List<RoleAssignmentInner> others =
        roles.all().stream().filter(assignment -> !roles.isGiven(assignment)).toList();
    Set<String> identities = others.isEmpty() ? Set.of() : ofAzure.get();
    return others.stream().filter(o -> !identities.contains(o.principalId())).toList();
  }

  /** {@code Owner for User 2222…: az role assignment delete --ids …}. */
  private String words(RoleAssignmentInner assignment) {
    return "%s for %s %s: az role assignment delete --ids %s"
        .formatted(
            roleName(assignment),
            assignment.principalType(),
            assignment.principalId(),
            assignment.id());
  }

  private String roleName(RoleAssignmentInner assignment) {
    return Lookup.find(() -> azure.arm().get(assignment.roleDefinitionId(), DEFINITIONS_API))
        .map(role -> role.at("/properties/roleName").asText())
        .orElse("a role that is gone");
  }

  @Override
  public void apply(StepMessages messages) {
    throw new IllegalStateException("looking changes nothing");
  }
}
