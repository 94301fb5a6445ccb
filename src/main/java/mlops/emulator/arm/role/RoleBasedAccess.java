package mlops.emulator.arm.role;

import java.util.Locale;
import java.util.Set;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import mlops.emulator.http.RouteAuthorizer;
import mlops.emulator.login.token.Audiences;
import mlops.emulator.login.token.Tokens;

/** Azure role-based access control: denied unless a role assignment allows it. */
public final class RoleBasedAccess implements RouteAuthorizer {
  private final Tokens tokens;
  private final RoleAssignments assignments;
  private final RequestCheck check;

  public RoleBasedAccess(Tokens tokens, RoleAssignments assignments, RequestCheck check) {
    this.tokens = tokens;
    this.assignments = assignments;
    this.check = check;
  }

  @Override
  public Caller admit(Permission permission, Request request) {
    if (permission instanceof Permission.SignedIn signedIn) {
      return tokens.caller(request, signedIn.audience());
    }
    if (permission instanceof Permission.Action action) {
      boolean arm = request.host().equals(Route.ARM);
      Caller caller = tokens.caller(request, arm ? Audiences.ARM : Audiences.ML);
      requireAction(caller, action.action(), scope(request));
      if (arm) {
        check.require(request);
      }
      return caller;
    }
    return Caller.ANONYMOUS;
  }

  /**
   * Asks for a control-plane action on an ARM resource.
   *
   * @throws ApiException 403 AuthorizationFailed, naming principal, action and scope
   */
  public void requireAction(Caller caller, String action, String scope) {
    if (!assignments.allowAction(caller.objectId(), action, scope)) {
      throw denied(caller, action, scope);
    }
  }

  /** Azure's refusal of an action: 403 AuthorizationFailed. */
  public static ApiException denied(Caller caller, String action, String scope) {
    return new ApiException(
        403,
        "AuthorizationFailed",
        "The client '%s' with object id '%s' does not have authorization to perform action '%s' over scope '%s' or the scope is invalid. If access was recently granted, please refresh your credentials."
            .formatted(caller.appId(), caller.objectId(), action, scope));
  }

  /**
   * Whether a principal holds a control-plane action on a data plane that asks for such, as that of
   * registries does, and hears late of new roles.
   */
  public boolean allowsByNow(String objectId, String action, String scope) {
    return assignments.allowByNow(objectId, action, scope);
  }

  /** Whether a principal holds a data-plane action on a resource, such as a blob container. */
  public boolean allowsData(String objectId, String dataAction, String scope) {
    return assignments.allowData(objectId, dataAction, scope);
  }

  /** A principal and every group that it is in, by object ids in lower case. */
  public Set<String> identities(String objectId) {
    return assignments.identities(objectId);
  }

  private static String scope(Request request) {
    String path = request.armPath();
    int start = path.toLowerCase(Locale.ROOT).indexOf("/subscriptions/");
    return start < 0 ? path : path.substring(start);
  }
}
