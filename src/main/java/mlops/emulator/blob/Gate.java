package mlops.emulator.blob;

import java.util.Locale;
import java.util.Map;
import mlops.emulator.arm.Access;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Request;
import mlops.emulator.login.Audiences;
import mlops.emulator.login.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may do what to blobs: by token and role, account key, shared access signature, or
 * because the container is open to anyone. Denied unless one of them allows it.
 */
final class Gate {
  private final Tokens tokens;
  private final Access access;
  private final Containers containers;
  private final SharedKey sharedKey;
  private final SasCheck sas;
  private final String tenant;

  Gate(
      Tokens tokens,
      Access access,
      Containers containers,
      SharedKey sharedKey,
      SasCheck sas,
      String tenant) {
    this.tokens = tokens;
    this.access = access;
    this.containers = containers;
    this.sharedKey = sharedKey;
    this.sas = sas;
    this.tenant = tenant;
  }

  /**
   * How the caller is admitted.
   *
   * @throws ApiException as Azure denies: 401, 403, or 404 and 409 for those who bring nothing
   */
  Grant admit(Right right, Request request, Target target) {
    String authorization = request.header("Authorization");
    if (authorization != null) {
      return byHeader(authorization.strip(), right, request, target);
    }
    if (request.query().containsKey("sig")) {
      return sas.admit(right, request, target, this::holds);
    }
    return anonymous(right, request, target);
  }

  private Grant byHeader(String authorization, Right right, Request request, Target target) {
    String scheme = authorization.split(" ", 2)[0].toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "bearer" -> byToken(right, request, target);
      case "sharedkey" -> {
        sharedKey.verify(authorization.substring(9).strip(), request, target.account());
        yield Grant.SHARED_KEY;
      }
      case "sharedkeylite" ->
          throw ApiException.notImplemented("The embedded Azure does not know SharedKeyLite.");
      default ->
          throw ApiException.badRequest(
              "InvalidAuthenticationInfo",
              "Authentication information is not given in the correct format. Check the value of Authorization header.");
    };
  }

  private Grant byToken(Right right, Request request, Target target) {
    Caller caller;
    try {
      caller = tokens.caller(request, Audiences.STORAGE);
    } catch (ApiException e) {
      throw unauthorized("InvalidAuthenticationInfo", e.message());
    }
    String action = held(caller, right, target);
    if (action == null) {
      throw permissionMismatch();
    }
    return new Grant(action.equals(right.action), caller.objectId(), Map.of(), Grant.How.TOKEN);
  }

  /** The strongest action of a right that a caller holds. */
  private @Nullable String held(Caller caller, Right right, Target target) {
    if (allowed(caller, right, right.action, target.scope())) {
      return right.action;
    }
    boolean lesser =
        !right.lesserAction.isEmpty() && allowed(caller, right, right.lesserAction, target.scope());
    return lesser ? right.lesserAction : null;
  }

  /** Whether a principal holds any action of a right, as a user delegation asks. */
  boolean holds(String objectId, Right right, Target target) {
    return held(new Caller(objectId, "", "", ""), right, target) != null;
  }

  private boolean allowed(Caller caller, Right right, String action, String scope) {
    if (right.kind == Right.Kind.DATA) {
      return access.allowsData(caller.objectId(), action, scope);
    }
    try {
      access.requireAction(caller, action, scope);
      return true;
    } catch (ApiException e) {
      return false; // storage says no in its own words
    }
  }

  private Grant anonymous(Right right, Request request, Target target) {
    boolean reads = right == Right.READ || right == Right.LIST || right == Right.READ_CONTAINER;
    if (!reads) {
      throw noAuthentication();
    }
    if (!target.account().publicAccess()) {
      throw Errors.publicAccessNotPermitted();
    }
    String level =
        containers
            .find(target.account().containerId(target.container()))
            .map(ContainerInfo::publicAccess)
            .orElse("None");
    if (level.equals("Container") || (level.equals("Blob") && right == Right.READ)) {
      return Grant.ANONYMOUS;
    }
    String version = request.header("x-ms-version");
    if (version != null && version.compareTo("2019-12-12") >= 0) {
      throw noAuthentication();
    }
    throw ApiException.notFound("ResourceNotFound", "The specified resource does not exist.");
  }

  private ApiException noAuthentication() {
    return unauthorized(
        "NoAuthenticationInformation",
        "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.");
  }

  private ApiException unauthorized(String code, String detail) {
    return new ApiException(
            401,
            code,
            "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.")
        .withDetail("AuthenticationErrorDetail", detail)
        .with(
            "WWW-Authenticate",
            "Bearer authorization_uri=https://login.microsoftonline.com/%s/oauth2/authorize resource_id=https://storage.azure.com"
                .formatted(tenant));
  }

  static ApiException permissionMismatch() {
    return new ApiException(
        403,
        "AuthorizationPermissionMismatch",
        "This request is not authorized to perform this operation using this permission.");
  }

  static ApiException authenticationFailed(String detail) {
    return new ApiException(
            403,
            "AuthenticationFailed",
            "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.")
        .withDetail("AuthenticationErrorDetail", detail);
  }
}
