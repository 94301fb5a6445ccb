package mlops.emulator.ml.resource;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.arm.resource.GlobalNames;
import mlops.emulator.http.ApiException;
import mlops.emulator.state.StateTree;

/** Registries by their names, which are unique in the tenant, and the ids of what is in them. */
public final class RegistryIds {
  public static final String TYPE = "Microsoft.MachineLearningServices/registries";

  private static final String PREFIX = "azureml://registries/";
  private static final Pattern ASSET =
      Pattern.compile(
          PREFIX + "([^/]+)/((?:codes|components|data|environments|models)/.+)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NAME =
      Pattern.compile(PREFIX + "([^/]+)/.*", Pattern.CASE_INSENSITIVE);

  /** The registries that Microsoft keeps for everybody. */
  private static final Pattern MICROSOFTS =
      Pattern.compile("azureml(-.*)?|HuggingFace|nvidia-ai", Pattern.CASE_INSENSITIVE);

  /** The names of all registries. */
  public static GlobalNames names(StateTree state) {
    return new GlobalNames(state, "registries");
  }

  /** Whether a text names something in a registry: {@code azureml://registries/…}. */
  public static boolean isReference(String text) {
    return text.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  /** The name of the registry in which something is that a text names; empty where it is none. */
  public static Optional<String> nameIn(String text) {
    Matcher named = NAME.matcher(text);
    return named.matches() ? Optional.of(named.group(1)) : Optional.empty();
  }

  /** Whether a registry of this name is one of Microsoft's own, which are not here. */
  public static boolean isMicrosofts(String name) {
    return MICROSOFTS.matcher(name).matches();
  }

  /** Whether an ARM id is of something in a registry. */
  public static boolean isResource(String id) {
    return id.toLowerCase(Locale.ROOT)
        .contains("/providers/microsoft.machinelearningservices/registries/");
  }

  /** What the service says of a registry that is not there, or not for the caller: 401. */
  public static ApiException notAllowed(String name) {
    return MlErrors.userError(
        401, "User/tenant/subscription is not allowed to access registry " + name);
  }

  /** The ARM id of what an {@code azureml://registries/…} id names, where there is its registry. */
  public static Optional<String> resourceId(StateTree state, String assetId) {
    Matcher asset = ASSET.matcher(assetId);
    return asset.matches()
        ? names(state).find(asset.group(1)).map(registry -> registry + "/" + asset.group(2))
        : Optional.empty();
  }

  /** The {@code azureml://registries/…} id of something in a registry, by its ARM id. */
  public static String assetId(String resourceId) {
    String[] parts = resourceId.split("/", 10);
    return PREFIX + parts[8] + "/" + parts[9];
  }

  /** The ARM id of the registry that something lies in. */
  public static String registryOf(String resourceId) {
    return String.join("/", List.of(resourceId.split("/")).subList(0, 9));
  }

  private RegistryIds() {}
}
