package mlops.emulator.http;

/**
 * Who sends a request, as a verified token says.
 *
 * @param objectId the directory object that role assignments name
 * @param appId the application (client) id that asked for the token
 * @param type {@code User} or {@code ServicePrincipal}, as in role assignments
 * @param audience the resource that the token is for
 */
public record Caller(String objectId, String appId, String type, String audience) {
  public static final String USER = "User";
  public static final String SERVICE_PRINCIPAL = "ServicePrincipal";

  /** Nobody: a request to a route that asks for no token. */
  public static final Caller ANONYMOUS = new Caller("", "", "Anonymous", "");
}
