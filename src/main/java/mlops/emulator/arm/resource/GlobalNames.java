package mlops.emulator.arm.resource;

import java.util.Optional;
import java.util.function.Supplier;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.state.StateTree;

/**
 * Names that only one resource of a type may have in all of Azure. An entry counts while the
 * resource that it points to exists, so that a resource that goes frees its name.
 */
public final class GlobalNames {
  private final StateTree state;
  private final String collection;

  public GlobalNames(StateTree state, String type) {
    this.state = state;
    this.collection = "/names/" + type;
  }

  /** The id of the resource that has this name. */
  public Optional<String> find(String name) {
    return state
        .read(collection + "/" + name)
        .map(entry -> entry.path("id").asText())
        .filter(state::exists);
  }

  /** Gives a name to a resource that is about to be written; inside {@code exclusively}. */
  public void claim(String name, String id, Supplier<ApiException> taken) {
    Optional<String> owner = find(name);
    if (owner.isPresent() && !owner.get().equalsIgnoreCase(id)) {
      throw taken.get();
    }
    if (owner.isEmpty()) {
      state.write(collection + "/" + name, Json.object().put("id", id));
    }
  }
}
