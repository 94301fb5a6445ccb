package mlops.emulator.blob.dfs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.emulator.blob.acl.AccessList;
import mlops.emulator.blob.acl.PathAccess;
import mlops.emulator.blob.auth.StorageAuthorization;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.ContainerEdit;
import mlops.emulator.blob.store.HierarchicalNamespace;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.Json;

/** Some paths of a tree whose access control lists change together, and what came of it. */
final class AccessControlBatch {

  /**
   * What is to be done.
   *
   * @param top the directory that is changed with all that is below it
   * @param mode {@code set}, {@code modify} or {@code remove}
   * @param limit how many paths at most
   * @param force whether to go on after a failure
   * @param start the first path of this batch
   */
  record Order(String top, String mode, AccessList list, int limit, boolean force, String start) {}

  private final ContainerEdit edit;
  private final StorageAuthorization caller;
  private final Order order;
  private final ArrayNode failed = Json.MAPPER.createArrayNode();
  private int directories;
  private int files;
  private String next = "";

  private AccessControlBatch(ContainerEdit edit, StorageAuthorization caller, Order order) {
    this.edit = edit;
    this.caller = caller;
    this.order = order;
  }

  static AccessControlBatch run(ContainerEdit edit, StorageAuthorization caller, Order order) {
    AccessControlBatch batch = new AccessControlBatch(edit, caller, order);
    batch.run();
    return batch;
  }

  int directories() {
    return directories;
  }

  int files() {
    return files;
  }

  /** Paths that the caller may not change, as the answer tells them. */
  ArrayNode failed() {
    return failed;
  }

  /** The first path of the next batch; empty after the last. */
  String next() {
    return next;
  }

  private void run() {
    Optional<Blob> top = edit.before().find(order.top());
    if (top.isEmpty() && !order.top().isEmpty()) {
      throw StorageErrors.blobNotFound();
    }
    Stream<Optional<Blob>> below = edit.before().below(order.top()).stream().map(Optional::of);
    Stream.concat(Stream.of(top), below)
        .filter(path -> name(path).compareTo(order.start()) >= 0)
        .takeWhile(path -> next.isEmpty())
        .forEach(this::step);
  }

  /** The root is no blob, and has no name. */
  private static String name(Optional<Blob> path) {
    return path.map(Blob::name).orElse("");
  }

  private void step(Optional<Blob> path) {
    boolean full = directories + files + failed.size() == order.limit();
    if (full || (!failed.isEmpty() && !order.force())) {
      next = name(path);
      return;
    }
    boolean directory = path.map(Blob::isDirectory).orElse(true);
    PathAccess now = HierarchicalNamespace.access(edit.before(), name(path));
    if (!caller.everywhere() && !now.owner().equals(caller.owner())) {
      fail(name(path), directory);
      return;
    }
    AccessControl.put(edit, path, now.with(changed(now.list(), directory)));
    directories += directory ? 1 : 0;
    files += directory ? 0 : 1;
  }

  private void fail(String name, boolean directory) {
    failed
        .addObject()
        .put("name", name)
        .put("type", directory ? "DIRECTORY" : "FILE")
        .put(
            "errorMessage",
            "This request is not authorized to perform this operation using this permission.");
  }

  private AccessList changed(AccessList now, boolean directory) {
    AccessList asked = directory ? order.list() : order.list().withoutDefaults();
    return switch (order.mode()) {
      case "set" -> asked;
      case "modify" -> now.modified(asked);
      default -> now.removed(asked);
    };
  }
}
