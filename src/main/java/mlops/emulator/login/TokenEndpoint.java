package mlops.emulator.login;

import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/** {@code /oauth2/token} and {@code /oauth2/v2.0/token}: hands each grant to who knows it. */
final class TokenEndpoint {
  private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

  private final Tenant tenant;
  private final ApplicationLogin applications;
  private final UserLogin users;

  TokenEndpoint(Tenant tenant, ApplicationLogin applications, UserLogin users) {
    this.tenant = tenant;
    this.applications = applications;
    this.users = users;
  }

  Response token(Request request) {
    requireNoForeignOrigin(request);
    tenant.require(request.parameter("tenant"));
    TokenForm form = TokenForm.of(request);
    String grant = form.need("grant_type");
    return switch (grant) {
      case "client_credentials" -> applications.logIn(form);
      case "refresh_token" -> users.refresh(form);
      case "password" -> users.password(form);
      case DEVICE, "device_code" -> users.device(form);
      default -> throw AuthErrors.unsupportedGrant(grant);
    };
  }

  Response deviceCode(Request request) {
    requireNoForeignOrigin(request);
    tenant.require(request.parameter("tenant"));
    return users.deviceCode(TokenForm.of(request));
  }

  /**
   * A page of some web site may not sign in, or begin to: a browser on this machine reaches every
   * port of it, and says in {@code Origin} whose page it shows.
   */
  private static void requireNoForeignOrigin(Request request) {
    String origin = request.header("Origin");
    if (origin != null && !origin.equals("https://" + Entra.HOST)) {
      throw AuthErrors.foreignOrigin(origin);
    }
  }
}
