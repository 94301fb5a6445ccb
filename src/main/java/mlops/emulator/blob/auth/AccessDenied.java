package mlops.emulator.blob.auth;

import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;

/**
 * The 401s and 403s of storage, in Azure's words.
 *
 * <p>Who decides: {@code BlobAuthorizer} for tokens ({@link #roleMissing}), {@code
 * SharedKeyValidator} and {@code SasValidator} for signatures; after them {@code
 * BlobWrites.requireWritable} (who may create and not overwrite) and {@code UserDelegation} (a
 * delegation key needs a token). {@code StorageCredentialCheck} asks the same of secrets that
 * datastores keep; {@code CopySource} gives the refusal of a signed source the code {@code
 * CannotVerifyCopySource}.
 */
public final class AccessDenied {

  /** The caller is who it says and may do other things, not this one. */
  public static ApiException permissionMismatch() {
    return mismatch("AuthorizationPermissionMismatch", "permission");
  }

  /**
   * The same for a caller with a token, with what Azure leaves out: who lacks which action where,
   * in the words of the resource manager.
   */
  static ApiException roleMissing(Caller caller, String action, String scope) {
    return permissionMismatch()
        .withDetail(
            "AuthenticationErrorDetail",
            "The client '%s' with object id '%s' does not have authorization to perform action '%s' over scope '%s'."
                .formatted(caller.appId(), caller.objectId(), action, scope));
  }

  static ApiException serviceMismatch() {
    return mismatch("AuthorizationServiceMismatch", "service");
  }

  static ApiException resourceTypeMismatch() {
    return mismatch("AuthorizationResourceTypeMismatch", "resource type");
  }

  static ApiException sourceAddressMismatch(String address) {
    return mismatch("AuthorizationSourceIPMismatch", "source IP " + address);
  }

  private static ApiException mismatch(String code, String words) {
    return denied(
        code, "This request is not authorized to perform this operation using this " + words + ".");
  }

  static ApiException keysNotPermitted() {
    return denied(
        "KeyBasedAuthenticationNotPermitted",
        "Key based authentication is not permitted on this storage account.");
  }

  /** A signature is wrong, out of its time, or not formed as it must be. */
  static ApiException authenticationFailed(String detail) {
    return denied(
            "AuthenticationFailed",
            "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.")
        .withDetail("AuthenticationErrorDetail", detail);
  }

  /** An operation for which neither a key nor a signature is enough. */
  public static ApiException tokenRequired() {
    return denied(
        "AuthenticationFailed",
        "Only authentication scheme Bearer is supported for this operation.");
  }

  /** 401: who asks brought no credentials, or none that count. */
  static ApiException unauthorized(String tenant, String code, String detail) {
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

  private static ApiException denied(String code, String message) {
    return new ApiException(403, code, message);
  }

  private AccessDenied() {}
}
