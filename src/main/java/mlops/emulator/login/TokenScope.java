package mlops.emulator.login;

import java.util.ArrayList;
import java.util.List;
import mlops.emulator.login.token.Audiences;

/**
 * What a client asks a token for.
 *
 * @param resource the audience of the access token, as the client spells it
 * @param openId whether it also wants to know who the user is
 * @param offline whether it wants a refresh token
 */
record TokenScope(String resource, boolean openId, boolean offline) {
  private static final List<String> OPEN_ID = List.of("openid", "profile", "email");
  private static final String DEFAULT = "/.default";

  /** Of a v1.0 request, or of one of v2.0; an application may only ask for all it has. */
  static TokenScope of(TokenForm form, boolean application, String tenant) {
    TokenScope scope =
        form.find("resource").isPresent()
            ? new TokenScope(form.need("resource"), true, true)
            : parse(form.need("scope"), application);
    if (!Audiences.isKnown(scope.resource)) {
      throw AuthErrors.unknownResource(scope.resource, tenant);
    }
    return scope;
  }

  private static TokenScope parse(String scope, boolean application) {
    List<String> resources = new ArrayList<>();
    boolean openId = false;
    boolean offline = false;
    for (String part : scope.strip().split("\\s+")) {
      if (OPEN_ID.contains(part)) {
        openId = true;
      } else if (part.equals("offline_access")) {
        offline = true;
      } else {
        resources.add(resource(part, application));
      }
    }
    if (resources.isEmpty() && openId) {
      resources.add(Audiences.GRAPH);
    }
    if (resources.stream().distinct().count() != 1) {
      throw AuthErrors.invalidScope(scope);
    }
    return new TokenScope(resources.get(0), openId, offline);
  }

  private static String resource(String part, boolean application) {
    if (part.endsWith(DEFAULT)) {
      return part.substring(0, part.length() - DEFAULT.length());
    }
    if (application) {
      throw AuthErrors.notDefaultScope(part);
    }
    int slash = part.lastIndexOf('/');
    if (slash < 0) {
      return Audiences.GRAPH; // a bare permission such as User.Read is one of Microsoft Graph
    }
    if (!part.startsWith("https://") || slash < "https://".length()) {
      throw AuthErrors.invalidScope(part);
    }
    return part.substring(0, slash);
  }
}
