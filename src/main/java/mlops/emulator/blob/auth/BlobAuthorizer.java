package mlops.emulator.blob.auth;

import java.util.Locale;
import java.util.Map;
import mlops.emulator.arm.role.RoleBasedAccess;
import mlops.emulator.blob.store.ContainerInfo;
import mlops.emulator.blob.store.Containers;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Request;
import mlops.emulator.login.token.Audiences;
import mlops.emulator.login.token.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may do what to blobs: by token and role, account key, shared access signature, or
 * because the container is open to anyone. Denied unless one of them allows it.
 */
public final class BlobAuthorizer {
  private final Tokens tokens;
  private final RoleBasedAccess access;
  private final Containers containers;
  private final SharedKeyValidator sharedKey;
  private final SasValidator sas;
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
  public StorageAuthorization admit(StorageRight right, Request request, StorageTarget target) {
    String authorization = request.header("Authorization");
    if (authorization != null) {
      return byHeader(authorization.strip(), right, request, target);
    }
    if (request.query().containsKey("sig")) {
      return sas.admit(right, request, target, this::holds);
    }
    return anonymous(right, request, target);
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
      throw unauthorized("InvalidAuthenticationInfo", e.message());
    }
    String action = held(caller, right, target);
    if (action == null) {
      throw AccessDenied.roleMissing(caller, right.action, target.scope());
    }
    return new StorageAuthorization(
        action.equals(right.action), caller.objectId(), Map.of(), StorageAuthorization.How.TOKEN);
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

  private StorageAuthorization anonymous(
      StorageRight right, Request request, StorageTarget target) {
    boolean reads =
        right == StorageRight.READ
            || right == StorageRight.LIST
            || right == StorageRight.READ_CONTAINER;
    if (!reads) {
      throw noAuthentication();
    }
    if (!target.account().publicAccess()) {
      throw StorageErrors.publicAccessNotPermitted();
    }
    String level =
        containers
            .find(target.account().containerId(target.container()))
            .map(ContainerInfo::publicAccess)
            .orElse("None");
    if (level.equals("Container") || (level.equals("Blob") && right == StorageRight.READ)) {
      return StorageAuthorization.ANONYMOUS;
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
}
