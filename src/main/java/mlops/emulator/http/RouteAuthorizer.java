package mlops.emulator.http;

/** Decides whether a request may reach its route. */
public interface RouteAuthorizer {

  /**
   * Who sends the request, once the token is checked and the permission of the route is given.
   *
   * @throws ApiException 401 without a valid token, 403 without the permission
   */
  Caller admit(Permission permission, Request request);
}
