package mlops.emulator.blob.auth;

import java.util.Locale;
import java.util.Map;
import mlops.emulator.arm.role.RoleBasedAccess;
import mlops.emulator.blob.store.Containers;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Request;
import mlops.emulator.login.token.Audiences;
import mlops.emulator.login.token.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may do what to blobs: by token and role, account key, shared access signature, or
 * because the container is open to anyone. Denied unless one of them allows it, in the words of
 * {@link AccessDenied}. Who may create but not overwrite is denied later, where it is known whether
 * the blob is there.
 */
public final class BlobAuthorizer {
  private final Tokens tokens;
  private final RoleBasedAccess access;
  private final AnonymousAccess anonymous;
  private final SharedKeyValidator sharedKey;
  private final SasValidator sas;
  private final PathAccessCheck paths;
  private final String tenant;

  public BlobAuthorizer(
      Tokens tokens,
      RoleBasedAccess access,
      Containers containers,
      SharedKeyValidator sharedKey,
      SasValidator sas,
      String tenant) {
    this.tokens = tokens;
    this.access = access;
    this.anonymous = new AnonymousAccess(containers, tenant);
    this.sharedKey = sharedKey;
    this.sas = sas;
    this.paths = new PathAccessCheck(containers, access::identities);
    this.tenant = tenant;
  }

  /**
   * How the caller is admitted.
   *
   * @throws ApiException as Azure denies: 401, 403, or 404 and 409 for those who bring nothing
   */
  public StorageAuthorization admit(StorageRight right, Request request, StorageTarget target) {
    String authorization = request.header("Authorization");
    if (authorization != null) {
      return byHeader(authorization.strip(), right, request, target);
    }
    if (request.query().containsKey("sig")) {
      return sas.admit(right, request, target, this::holds);
    }
    return anonymous.admit(right, request, target);
  }

  private StorageAuthorization byHeader(
      String authorization, StorageRight right, Request request, StorageTarget target) {
    String scheme = authorization.split(" ", 2)[0].toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "bearer" -> byToken(right, request, target);
      case "sharedkey" -> {
        sharedKey.verify(authorization.substring(9).strip(), request, target.account());
        yield StorageAuthorization.SHARED_KEY;
      }
      case "sharedkeylite" ->
          throw ApiException.notImplemented("The embedded Azure does not know SharedKeyLite.");
      default ->
          throw ApiException.badRequest(
              "InvalidAuthenticationInfo",
              "Authentication information is not given in the correct format. Check the value of Authorization header.");
    };
  }

  private StorageAuthorization byToken(StorageRight right, Request request, StorageTarget target) {
    Caller caller;
    try {
      caller = tokens.caller(request, Audiences.STORAGE);
    } catch (ApiException e) {
      throw AccessDenied.unauthorized(tenant, "InvalidAuthenticationInfo", e.message());
    }
    String action = held(caller, right, target);
    boolean byRole = action != null;
    if (!byRole && !paths.allows(caller.objectId(), right, request, target)) {
      throw AccessDenied.roleMissing(caller, right.action, target.scope());
    }
    boolean overwrite = action == null || action.equals(right.action);
    return new StorageAuthorization(
        overwrite, caller.objectId(), byRole, Map.of(), StorageAuthorization.How.TOKEN);
  }

  /** The strongest action of a right that a caller holds. */
  private @Nullable String held(Caller caller, StorageRight right, StorageTarget target) {
    if (allowed(caller, right, right.action, target.scope())) {
      return right.action;
    }
    boolean lesser =
        !right.lesserAction.isEmpty() && allowed(caller, right, right.lesserAction, target.scope());
    return lesser ? right.lesserAction : null;
  }

  /** Whether a principal holds any action of a right, as a user delegation asks. */
  boolean holds(String objectId, StorageRight right, StorageTarget target) {
    return held(new Caller(objectId, "", "", ""), right, target) != null;
  }

  private boolean allowed(Caller caller, StorageRight right, String action, String scope) {
    if (right.kind == StorageRight.Kind.DATA) {
      return access.allowsData(caller.objectId(), action, scope);
    }
    try {
      access.requireAction(caller, action, scope);
      return true;
    } catch (ApiException e) {
      return false; // storage says no in its own words
    }
  }
}
