package mlops.emulator.blob.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import mlops.emulator.blob.lease.Lease;
import mlops.emulator.http.Json;
import mlops.emulator.state.StateTree;

/** The containers of all accounts: documents in the state, with their blobs below them. */
public final class Containers {
  private static final String GOING = "beingDeleted";

  private final StateTree state;
  private final Clock clock;
  private final ContainerLocks locks;
  private final Map<String, ContainerBlobs> open = new ConcurrentHashMap<>();

  Containers(StateTree state, Clock clock) {
    this.state = state;
    this.clock = clock;
    this.locks = new ContainerLocks(state.folder());
  }

  public Optional<ContainerInfo> find(String id) {
    return state.read(id, Containers::info).flatMap(info -> info);
  }

  boolean exists(String id) {
    return document(id).isPresent();
  }

  private Optional<ObjectNode> document(String id) {
    return state.read(id).filter(d -> !isGoing(d));
  }

  /** The containers of an account by name. */
  public List<ContainerInfo> list(BlobAccounts.Account account) {
    String containers = account.containerId("");
    return state.list(containers.substring(0, containers.length() - 1), Containers::info).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<ContainerInfo> info(ObjectNode document) {
    return isGoing(document) ? Optional.empty() : Optional.of(ContainerInfo.read(document));
  }

  private static boolean isGoing(ObjectNode document) {
    return document.path(GOING).asBoolean();
  }

  /** Makes a container; empty where it is there already. */
  public Optional<ContainerInfo> create(String id, UnaryOperator<ContainerInfo> options) {
    return state.exclusively(
        () -> {
          if (exists(id)) {
            return Optional.empty();
          }
          drop(id); // what a killed deletion left
          ContainerInfo info =
              new ContainerInfo(
                  id,
                  "",
                  clock.instant(),
                  "None",
                  Map.of(),
                  Json.MAPPER.createArrayNode(),
                  Lease.NONE);
          ContainerInfo made = options.apply(info).stamped(stamp());
          ContainerBlobs.open(id, state.directory(id), locks, clock);
          state.write(id, made.write());
          return Optional.of(made);
        });
  }

  /** Changes a container that is there; empty where it is not. */
  public Optional<ContainerInfo> update(String id, UnaryOperator<ContainerInfo> change) {
    return rewrite(id, info -> change.apply(info).stamped(stamp()));
  }

  /** Changes what leaves ETag and time of a container as they are, such as its lease. */
  public Optional<ContainerInfo> rewrite(String id, UnaryOperator<ContainerInfo> change) {
    return state.exclusively(
        () -> {
          Optional<ContainerInfo> changed = find(id).map(change);
          changed.ifPresent(info -> state.write(id, info.write()));
          return changed;
        });
  }

  /** Deletes a container with all that is in it. Says whether it was there. */
  public boolean delete(String id) {
    return state.exclusively(
        () -> {
          Optional<ObjectNode> found = document(id);
          // First the mark: a deletion that is killed half way is not a half empty container.
          found.ifPresent(d -> state.write(id, d.put(GOING, true)));
          drop(id);
          return found.isPresent();
        });
  }

  private void drop(String id) {
    open.remove(id);
    state.delete(id);
  }

  /** The blobs of a container that is there. */
  public ContainerBlobs open(String id) {
    ContainerBlobs known = open.get(id);
    return known != null
        ? known
        : open.computeIfAbsent(id, i -> ContainerBlobs.open(i, state.directory(i), locks, clock));
  }

  private ChangeStamp stamp() {
    Instant now = clock.instant();
    return ChangeStamp.of(now, ChangeStamp.ticks(now));
  }
}
