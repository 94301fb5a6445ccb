package mlops.emulator.login;

import com.azure.core.util.BinaryData;
import java.util.Locale;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Urls;

/**
 * The part of the login for programs that must not become the local user: an application with a
 * credential of its own may log in, and what is public may be read. All else is refused, for nobody
 * is asked here when a device code is approved.
 */
public final class ApplicationsOnly {

  /** Whether a request is one that may log somebody in. */
  public static boolean concerns(Request request) {
    return request.host().equals(Entra.HOST) && !request.method().equals("GET");
  }

  /**
   * The request, where it may be answered.
   *
   * @throws ApiException where it would log in a user
   */
  public static Request admit(Request request) {
    if (!concerns(request)) {
      return request;
    }
    Request whole = request.withBody(BinaryData.fromBytes(request.body().toBytes()));
    String grant = TokenForm.of(whole).find("grant_type").orElse("");
    boolean asksForToken = Urls.decode(request.path()).toLowerCase(Locale.ROOT).endsWith("/token");
    if (asksForToken && grant.equals("client_credentials")) {
      return whole;
    }
    throw AuthErrors.applicationsOnly(grant);
  }

  private ApplicationsOnly() {}
}
