package mlops.emulator.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlResources;

/**
 * Registries that are deleted and still known for a moment: discovery finds them, and their names
 * are taken.
 */
final class DeletedRegistries {
  private final MlResources resources;
  private final Duration tail;

  DeletedRegistries(MlResources resources, Duration tail) {
    this.resources = resources;
    this.tail = tail;
  }

  void add(ObjectNode registry) {
    ObjectNode kept = Json.object().put("until", resources.now().plus(tail).toString());
    kept.set("registry", registry);
    resources.state().write(document(registry.path("name").asText()), kept);
  }

  /** The registry as it was, while it is not gone everywhere. */
  Optional<ObjectNode> find(String name) {
    return resources
        .read(document(name))
        .filter(kept -> resources.now().isBefore(Instant.parse(kept.path("until").asText())))
        .map(kept -> (ObjectNode) kept.path("registry"));
  }

  /**
   * Asks that no registry of this name is on its way out.
   *
   * @throws ApiException 409
   */
  void requireGone(String name) {
    if (find(name).isPresent()) {
      throw MlErrors.userError(
          409,
          "Invalid registry request: The registry '%s' is being deleted. Try again in a minute."
              .formatted(name));
    }
  }

  private static String document(String name) {
    return "/names/deletedregistries/" + name.toLowerCase(Locale.ROOT);
  }
}
