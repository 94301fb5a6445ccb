package mlops.emulator.arm.resource;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import mlops.emulator.http.Json;
import org.jspecify.annotations.Nullable;

/**
 * The resource providers that a subscription can be registered for, and their types. Some have no
 * routes yet: clients register them, and what they then ask of them is answered with 501.
 */
public record ProviderCatalog(List<Provider> providers) {

  /**
   * A resource provider.
   *
   * @param always whether every subscription is registered for it and stays so
   * @param tracked the types whose resources lie in resource groups
   * @param types api-versions by type, newest first
   */
  record Provider(
      String namespace,
      boolean always,
      @Nullable List<String> tracked,
      Map<String, List<String>> types) {

    List<String> trackedTypes() {
      return tracked == null ? List.of() : tracked;
    }
  }

  public static ProviderCatalog read() {
    try (InputStream file = ProviderCatalog.class.getResourceAsStream("providers.json")) {
      return new ProviderCatalog(
          Json.MAPPER.readValue(
              Objects.requireNonNull(file), new TypeReference<List<Provider>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<Provider> find(String namespace) {
    return providers.stream().filter(p -> p.namespace().equalsIgnoreCase(namespace)).findFirst();
  }

  /** The newest api-version of a type such as {@code Microsoft.Storage/storageAccounts}. */
  public Optional<String> apiVersion(String type) {
    String[] parts = type.split("/", 2);
    return find(parts[0])
        .flatMap(
            provider ->
                provider.types().entrySet().stream()
                    .filter(t -> t.getKey().equalsIgnoreCase(parts[parts.length - 1]))
                    .map(t -> t.getValue().get(0))
                    .findFirst());
  }

  /** Full names such as {@code Microsoft.Storage/storageAccounts}. */
  List<String> trackedTypes() {
    return providers.stream()
        .flatMap(p -> p.trackedTypes().stream().map(type -> p.namespace() + "/" + type))
        .toList();
  }
}
