package mlops.emulator.ml.asset;

import java.util.Optional;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.RegistryIds;

/**
 * What Microsoft keeps for every workspace: its curated environments, and the assets of its
 * registries. But for some environments ({@link CuratedEnvironments}) and a component ({@link
 * BuiltInComponents}) they are not here, and whoever names one is told so, before anything runs.
 */
public final class CuratedAssets {
  private static final String PREFIX = "AzureML";
  private static final Pattern GPU = Pattern.compile("gpu|cuda", Pattern.CASE_INSENSITIVE);

  /**
   * Why an environment cannot be had, where it is one of Microsoft's that is not known here: what
   * is told before anything is sent.
   *
   * @param reference as a file names it: {@code azureml:AzureML-…} or {@code
   *     azureml://registries/…}
   */
  public static Optional<String> refusal(String reference) {
    boolean registry = isMicrosofts(reference);
    String name = reference.replaceFirst("^azureml:", "").replaceFirst("[:@].*", "");
    return (registry || isReserved(name))
            && CuratedEnvironments.find(AssetType.ENVIRONMENTS, reference).isEmpty()
        ? Optional.of(
            registry
                ? notBuilt("the environment of Microsoft's registry", reference).message()
                : notBuilt("Microsoft's curated environment", name).message())
        : Optional.empty();
  }

  /** Whether only Microsoft gives this name to environments. */
  static boolean isReserved(String name) {
    return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  /**
   * Asks that the name of an environment is one that users may give.
   *
   * @throws ApiException 400 in Azure's words
   */
  static void requireOwnName(AssetType type, String name) {
    if (type.equals(AssetType.ENVIRONMENTS) && isReserved(name)) {
      throw MlErrors.userError(
          400,
          "Environment name can not start with the prefix AzureML. To alter a curated environment first create a copy of it.");
    }
  }

  /** Whether a reference leads into a registry of Microsoft's. */
  private static boolean isMicrosofts(String reference) {
    return RegistryIds.nameIn(reference).filter(RegistryIds::isMicrosofts).isPresent();
  }

  /**
   * Asks that a reference does not lead into a registry of Microsoft's, unless to an environment or
   * a component that is known.
   *
   * @throws ApiException 501 that names it
   */
  static void requireOutsideMicrosofts(AssetType type, String reference) {
    if (isMicrosofts(reference)
        && CuratedEnvironments.find(type, reference).isEmpty()
        && BuiltInComponents.find(type, reference).isEmpty()) {
      String what = type.equals(AssetType.DATA) ? "data asset" : type.singular();
      throw type.equals(AssetType.ENVIRONMENTS)
          ? notBuilt("the environment of Microsoft's registry", reference)
          : ApiException.notImplemented(
              "The embedded Azure has no registries of Microsoft's: it does not know the %s '%s'. Register a copy of it in the workspace or in a registry of your own, and name that one."
                  .formatted(what, reference));
    }
  }

  /** The refusal of an environment that stands for packages which are not known here. */
  static ApiException notBuilt(String kind, String name) {
    String why =
        GPU.matcher(name).find()
            ? "it is made for GPUs, which jobs here do not have"
            : "the packages in it are not known here";
    return ApiException.notImplemented(
        "The embedded Azure does not have %s '%s': %s. Name an environment of your own with the packages that the job needs (image and conda_file), or one of these: %s."
            .formatted(kind, name, why, String.join(", ", CuratedEnvironments.nearest(name))));
  }

  private CuratedAssets() {}
}
