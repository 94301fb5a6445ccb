package mlops.emulator.registry;

import java.util.Optional;
import mlops.emulator.arm.role.RoleBasedAccess;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Request;
import mlops.emulator.login.token.Audiences;
import mlops.emulator.login.token.Tokens;
import mlops.emulator.ml.resource.RegistryIds;

/**
 * Who may do what on the data plane of registries. Whoever may not see a registry is told what he
 * is told of one that is not there: 401, though his token is good.
 */
final class RegistryAccess {
  private static final String READ = RegistryIds.TYPE + "/read";
  private static final String ASSETS = RegistryIds.TYPE + "/assets/";

  private final Tokens tokens;
  private final RoleBasedAccess access;

  RegistryAccess(Tokens tokens, RoleBasedAccess access) {
    this.tokens = tokens;
    this.access = access;
  }

  /** The action on the assets of a registry: {@code read}, {@code write} or {@code delete}. */
  static String action(String right) {
    return ASSETS + right;
  }

  /** Who sends a request. */
  Caller requireSignedIn(Request request) {
    return tokens.caller(request, Audiences.ML);
  }

  /**
   * Asks that a caller may read a registry.
   *
   * @param registry its ARM id, where there is one of that name
   * @throws ApiException 401
   */
  Caller requireVisible(Request request, String name, Optional<String> registry) {
    Caller caller = requireSignedIn(request);
    if (registry.filter(id -> allows(caller, READ, id)).isEmpty()) {
      throw RegistryIds.notAllowed(name);
    }
    return caller;
  }

  /**
   * Asks that a caller may do something to the assets of a registry.
   *
   * @param right {@code read}, {@code write} or {@code delete}
   * @throws ApiException 401 where he may not even read, else 403 that names action and scope
   */
  Caller require(Request request, String name, Optional<String> registry, String right) {
    Caller caller = requireVisible(request, name, registry);
    String id = registry.orElseThrow();
    if (!allows(caller, action("read"), id)) {
      throw RegistryIds.notAllowed(name);
    }
    requireRight(caller, id, right);
    return caller;
  }

  /**
   * The same of a caller who is known.
   *
   * @throws ApiException 403
   */
  void requireRight(Caller caller, String registry, String right) {
    if (!allows(caller, action(right), registry)) {
      throw RoleBasedAccess.denied(caller, action(right), registry);
    }
  }

  private boolean allows(Caller caller, String action, String id) {
    return access.allowsByNow(caller.objectId(), action, id);
  }
}
