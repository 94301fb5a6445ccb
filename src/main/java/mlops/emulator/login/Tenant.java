package mlops.emulator.login;

import java.util.Locale;
import java.util.Set;
import mlops.emulator.http.Request;

/**
 * The one tenant of a state.
 *
 * @param id its GUID
 */
record Tenant(String id) {
  /** What a client calls a tenant that it does not know yet. */
  static final String COMMON = "common";

  static final String DOMAIN = "mlops.onmicrosoft.com";
  private static final String ADFS = "adfs";
  private static final Set<String> ANY = Set.of(COMMON, "organizations", "consumers");

  /**
   * The tenant that a path names, or {@link #COMMON} for any.
   *
   * @throws mlops.emulator.http.ApiException AADSTS90002 for another tenant
   */
  String require(String named) {
    String lower = named.toLowerCase(Locale.ROOT);
    if (ANY.contains(lower)) {
      return COMMON;
    }
    if (!lower.equals(id) && !lower.equals(DOMAIN) && !lower.equals(ADFS)) {
      throw AuthErrors.unknownTenant(named);
    }
    return id;
  }

  /** The URL of the tenant, as the client has reached it: a custom cloud has its own host. */
  String base(Request request) {
    String named = request.parameter("tenant");
    String host = request.header("Host");
    boolean custom = named.equalsIgnoreCase(ADFS) && host != null;
    return "https://" + (custom ? host : Entra.HOST) + "/" + named;
  }
}
