package mlops.steps.share;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.azure.ml.Registry;
import mlops.profile.Profile;
import mlops.steps.delivery.ModelSource;

/** The model in the registry: it keeps the name that it has where it is trained. */
public record SharedModel(Registry registry, String name) implements ModelSource {

  /** For a profile that has a registry. */
  public static SharedModel of(Azure azure, Profile profile) {
    Registry registry =
        new Registry(
            azure,
            profile.resourceGroups().ml(),
            profile.promotion().registry().orElseThrow().name());
    return new SharedModel(registry, profile.training().environment().model());
  }

  @Override
  public String place() {
    return "registry " + registry.name();
  }

  @Override
  public String azureName() {
    return registry.name();
  }

  /** Discovery says of one that is not there what it says of one that may not be used. */
  @Override
  public boolean exists() {
    return !registry.regions().isEmpty();
  }

  @Override
  public List<ObjectNode> versions() {
    return registry.versions("models", name);
  }

  @Override
  public Optional<ObjectNode> version(String number) {
    return registry.version("models", name, number);
  }

  /** How a version is called everywhere. */
  public String id(String version) {
    return registry.assetId("models", name, version);
  }

  /** A file in the root of a version's folder; empty where there is none. */
  public Optional<byte[]> read(String number, String file) {
    return version(number)
        .map(found -> registry.bytes("models", name, found))
        .flatMap(
            place ->
                Lookup.find(
                    () ->
                        place
                            .container()
                            .getBlobClient(place.path().replaceFirst("/$", "") + "/" + file)
                            .downloadContent()
                            .toBytes()));
  }

  /** Puts the files of a version into a folder, read by a signature of the registry's own. */
  public void download(ObjectNode version, Path folder) {
    new RegistryFiles(registry.bytes("models", name, version)).download(folder);
  }
}
