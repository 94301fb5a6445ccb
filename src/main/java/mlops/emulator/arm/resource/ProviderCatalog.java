package mlops.emulator.arm.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.http.Json;

/**
 * The resource providers that a subscription can be registered for, and their types. Some have no
 * routes yet: clients register them, and what they then ask of them is answered with 501.
 */
public record ProviderCatalog(List<Provider> providers) {

  /**
   * A resource provider.
   *
   * @param always whether every subscription is registered for it and stays so
   * @param trackedTypes the types whose resources lie in resource groups
   * @param types api-versions by type, newest first
   */
  record Provider(
      String namespace,
      boolean always,
      List<String> trackedTypes,
      Map<String, List<String>> types) {}

  public static ProviderCatalog read() {
    List<Provider> providers = new ArrayList<>();
    Json.resource(ProviderCatalog.class, "providers.json").forEach(p -> providers.add(provider(p)));
    return new ProviderCatalog(providers);
  }

  /** By hand: a start of mlops would be slower by what Jackson needs to know of a record. */
  private static Provider provider(JsonNode json) {
    Map<String, List<String>> types = new LinkedHashMap<>();
    json.path("types").properties().forEach(t -> types.put(t.getKey(), texts(t.getValue())));
    return new Provider(
        json.path("namespace").asText(),
        json.path("always").asBoolean(),
        texts(json.path("tracked")),
        types);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
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
