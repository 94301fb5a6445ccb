package mlops.azure.ml;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of an asset in a registry, as its id names it: {@code
 * azureml://registries/REGISTRY/models/NAME/versions/VERSION}.
 *
 * @param kind the collection, such as {@code models}
 */
public record RegistryAsset(String registry, String kind, String name, String version) {
  private static final Pattern ID =
      Pattern.compile("azureml://registries/([^/]+)/([^/]+)/([^/]+)/versions/([^/]+)");

  /** What an id names; empty where it is none of a registry. */
  public static Optional<RegistryAsset> parse(String id) {
    Matcher matcher = ID.matcher(id);
    return matcher.matches()
        ? Optional.of(
            new RegistryAsset(
                matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)))
        : Optional.empty();
  }

  /** What names it everywhere. */
  public String id() {
    return "azureml://registries/%s/%s/%s/versions/%s".formatted(registry, kind, name, version);
  }

  /** {@code taxi-model of registry reg-one}. */
  public String words() {
    return "%s of registry %s".formatted(name, registry);
  }
}
