package mlops.emulator.arm.lock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.ArmScopes;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.state.StateTree;

/**
 * The locks of a subscription, as the documents {@code /locks/{subscription}/{hash of the id}}: in
 * one place, for each request that changes something asks for those above and below its scope. One
 * whose scope is gone cannot be, for what is locked is not deleted.
 */
public final class Locks {
  static final String TYPE = "Microsoft.Authorization/locks";
  static final String COLLECTION = "/providers/" + TYPE;
  private static final String OWN = (COLLECTION + "/").toLowerCase(Locale.ROOT);
  static final String READ_ONLY = "ReadOnly";

  private final StateTree state;

  public Locks(StateTree state) {
    this.state = state;
  }

  /**
   * Asks that no lock forbids a request. A lock at its scope or above keeps from deleting, and a
   * read-only one from all that does not just read; what is locked keeps what it lies in from being
   * deleted. The locks themselves can always be changed.
   *
   * @throws ApiException 409 ScopeLocked
   */
  public void requireNone(Request request) {
    String path = ArmScopes.canonical(request.armPath());
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    if (reads || (path + "/").toLowerCase(Locale.ROOT).contains(OWN)) {
      return;
    }
    boolean deletes = request.method().equals("DELETE");
    List<String> locked =
        matching(path, lock -> forbids(lock, path, deletes)).stream()
            .map(Locks::scope)
            .distinct()
            .toList();
    if (!locked.isEmpty()) {
      throw new ApiException(
          409,
          "ScopeLocked",
          "The scope '%s' cannot perform %s operation because following scope(s) are locked: '%s'. Please remove the lock and try again."
              .formatted(
                  request.method().equals("POST") ? ArmResources.parent(path) : path,
                  deletes ? "delete" : "write",
                  String.join("','", locked)));
    }
  }

  private static boolean forbids(ObjectNode lock, String path, boolean deletes) {
    boolean inherited = ArmScopes.contains(scope(lock), path);
    boolean readOnly = lock.at("/properties/level").asText().equals(READ_ONLY);
    return (inherited && (deletes || readOnly))
        || (deletes && ArmScopes.contains(path, scope(lock)));
  }

  /** The locks at a scope and above it, and those below it where they are wanted too. */
  List<ObjectNode> around(String scope, boolean below) {
    return matching(
        scope,
        lock ->
            ArmScopes.contains(scope(lock), scope)
                || (below && ArmScopes.contains(scope, scope(lock))));
  }

  private List<ObjectNode> matching(String path, Predicate<ObjectNode> wanted) {
    return state.list(collection(path)).stream()
        .filter(wanted)
        .sorted(Comparator.comparing(lock -> lock.path("id").asText()))
        .toList();
  }

  Optional<ObjectNode> find(String id) {
    return state.read(document(id));
  }

  void write(ObjectNode lock) {
    state.write(document(lock.path("id").asText()), lock);
  }

  boolean delete(String id) {
    return state.delete(document(id));
  }

  private static String scope(ObjectNode lock) {
    String id = lock.path("id").asText();
    return id.substring(0, id.lastIndexOf(COLLECTION));
  }

  private static String collection(String path) {
    String[] parts = path.split("/");
    return "/locks/" + (parts.length > 2 ? parts[2].toLowerCase(Locale.ROOT) : "none");
  }

  private static String document(String id) {
    byte[] key = id.toLowerCase(Locale.ROOT).getBytes(UTF_8);
    return collection(id) + "/" + UUID.nameUUIDFromBytes(key);
  }
}
