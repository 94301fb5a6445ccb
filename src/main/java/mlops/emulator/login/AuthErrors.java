package mlops.emulator.login;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import mlops.emulator.http.ApiException;
import mlops.emulator.login.token.GitHubOidcIssuer;

/** The failures of a login, with the numbers and words of Microsoft Entra (AADSTS…). */
final class AuthErrors {
  private static final String GUIDE =
      "https://learn.microsoft.com/entra/workload-id/workload-identity-federation";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  static ApiException missing(String parameter) {
    return bad(
        "invalid_request",
        900144,
        "The request body must contain the following parameter: '%s'.".formatted(parameter));
  }

  static ApiException unknownTenant(String tenant) {
    return bad(
        "invalid_request",
        90002,
        "Tenant '%s' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant."
            .formatted(tenant));
  }

  static ApiException unsupportedGrant(String grant) {
    return bad(
        "unsupported_grant_type",
        70003,
        "The app requested an unsupported grant type '%s'.".formatted(grant));
  }

  /** In words of our own: Azure lets a job try, and has nobody there who would confirm it. */
  static ApiException applicationsOnly(String grant) {
    return bad(
        "unsupported_grant_type",
        70003,
        "A job, and any process of another PID namespace, cannot log in as a user (grant type '%s'). Work as the identity of its compute (ManagedIdentityCredential), on behalf of the user (identity: user_identity, AzureMLOnBehalfOfCredential), or as an application with a secret of its own (client_credentials)."
            .formatted(grant));
  }

  static ApiException unknownApplication(String clientId, String tenant) {
    return bad(
        "unauthorized_client",
        700016,
        "Application with identifier '%s' was not found in the directory '%s'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant."
            .formatted(clientId, tenant));
  }

  static ApiException noServicePrincipal(String clientId, String tenant) {
    return failure(
        401,
        "unauthorized_client",
        7000229,
        "The client application %s is missing service principal in the tenant %s. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119"
            .formatted(clientId, tenant));
  }

  static ApiException noCredential() {
    return client(
        7000216,
        "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.");
  }

  static ApiException wrongSecret(String clientId) {
    return client(
        7000215,
        "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '%s'."
            .formatted(clientId));
  }

  static ApiException foreignOrigin(String origin) {
    return bad(
        "invalid_request",
        9002326,
        "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '%s'."
            .formatted(origin));
  }

  static ApiException invalidScope(String scope) {
    return bad(
        "invalid_scope",
        70011,
        "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope %s is not valid."
            .formatted(scope));
  }

  static ApiException notDefaultScope(String scope) {
    return bad(
        "invalid_scope",
        1002012,
        "The provided value for scope %s is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI)."
            .formatted(scope));
  }

  static ApiException unknownResource(String resource, String tenant) {
    return bad(
        "invalid_resource",
        500011,
        "The resource principal named %s was not found in the tenant named %s. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant."
            .formatted(resource, tenant));
  }

  static ApiException wrongPassword() {
    return grant(50126, "Error validating credentials due to invalid username or password.");
  }

  static ApiException unknownUser(String tenant) {
    return grant(
        50034,
        "The user account {EUII Hidden} does not exist in the %s directory. To sign into this application, the account must be added to the directory."
            .formatted(tenant));
  }

  static ApiException badGrant() {
    return grant(
        70000,
        "The provided value for the input parameter 'refresh_token' or 'assertion' is not valid.");
  }

  static ApiException wrongDeviceCode() {
    return grant(70019, "CodeExpired - Verification code expired.");
  }

  static ApiException brokenAssertion() {
    return bad("invalid_request", 50027, "JWT token is invalid or malformed.");
  }

  static ApiException assertionSignature() {
    return client(
        700027, "The client assertion failed signature validation: its key is not the issuer's.");
  }

  /** Says all three times, for a clock may be wrong as well as a token old. */
  static ApiException assertionTime(Instant now, Instant from, Instant expiry) {
    return client(
        700024,
        "Client assertion is not within its valid time range. Current time: %s, assertion valid from %s, expiry time of assertion %s. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials ."
            .formatted(TIME.format(now), TIME.format(from), TIME.format(expiry)));
  }

  static ApiException unreachableIssuer(String issuer) {
    return bad(
        "invalid_request",
        50166,
        "Request to External OIDC endpoint failed: the embedded Azure opens no connections, so it cannot fetch the keys of '%s'. It can check the tokens of %s, which it plays itself."
            .formatted(issuer, GitHubOidcIssuer.ISSUER));
  }

  /** No federated credential matches; {@code what} is issuer, subject or audience. */
  static ApiException noFederation(int number, String what, String value) {
    return client(
        number,
        "No matching federated identity record found for presented assertion %s '%s'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. %s"
            .formatted(what, value, GUIDE));
  }

  static ApiException subjectCase(String subject) {
    return client(
        7002138,
        "No matching federated identity record found for presented assertion subject '%s'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. See documentation at: %s. See breaking change notification and remediation at: https://learn.microsoft.com/en-us/entra/identity-platform/reference-breaking-changes#august-2024."
            .formatted(subject, GUIDE));
  }

  private static ApiException client(int number, String message) {
    return failure(401, "invalid_client", number, message);
  }

  private static ApiException grant(int number, String message) {
    return bad("invalid_grant", number, message);
  }

  private static ApiException bad(String error, int number, String message) {
    return failure(400, error, number, message);
  }

  private static ApiException failure(int status, String error, int number, String message) {
    return new ApiException(status, error, "AADSTS%d: %s".formatted(number, message))
        .withDetail("error_codes", String.valueOf(number));
  }

  private AuthErrors() {}
}
