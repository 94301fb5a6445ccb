package mlops.steps.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.Registry;
import mlops.error.MlopsException;
import mlops.profile.Profile;

/**
 * A registry of the subscription.
 *
 * @param resource as Resource Manager has it
 */
public record FoundRegistry(ObjectNode resource) {
  private static final int GROUP = 4;

  /** All of them, by name. */
  public static List<FoundRegistry> all(Azure azure) {
    return Registry.all(azure).stream()
        .map(FoundRegistry::new)
        .sorted(Comparator.comparing(FoundRegistry::name))
        .toList();
  }

  /**
   * The one of a name.
   *
   * @param name that of the profile if empty
   * @throws MlopsException INVALID where nobody says a name, FAILED where there is none
   */
  public static FoundRegistry of(Azure azure, Profile profile, Optional<String> name) {
    String wanted =
        name.or(() -> profile.promotion().registry().map(Profile.Registry::name))
            .orElseThrow(
                () ->
                    MlopsException.invalid(
                        "which registry? The profile names none",
                        "Give its name: mlops registry list has them."));
    List<FoundRegistry> all = all(azure);
    return all.stream()
        .filter(registry -> registry.name().equalsIgnoreCase(wanted))
        .findFirst()
        .orElseThrow(() -> missing(wanted, all));
  }

  private static MlopsException missing(String wanted, List<FoundRegistry> all) {
    String hint =
        all.isEmpty()
            ? "There is none yet: mlops bootstrap --via registry makes that of the profile."
            : "There is: %s."
                .formatted(String.join(", ", all.stream().map(FoundRegistry::name).toList()));
    return MlopsException.failed(
        "RegistryNotFound", "the subscription has no registry %s".formatted(wanted), hint);
  }

  public String name() {
    return resource.path("name").asText();
  }

  public String id() {
    return resource.path("id").asText();
  }

  public String resourceGroup() {
    return id().split("/")[GROUP];
  }

  /** Its primary region. */
  public String location() {
    return resource.path("location").asText();
  }

  /** All its regions with what Azure made for it in each. */
  public List<Region> regions() {
    return Region.of(resource.at("/properties/regionDetails"));
  }

  /** Itself, for what can be asked of it. */
  public Registry open(Azure azure) {
    return new Registry(azure, resourceGroup(), name());
  }
}
