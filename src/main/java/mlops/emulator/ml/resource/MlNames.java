package mlops.emulator.ml.resource;

import java.util.regex.Pattern;

/** The rule for the names of assets, jobs, endpoints and deployments. */
public final class MlNames {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{0,254}");

  public static void check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw MlPaths.userError(
          400,
          "The name '%s' is invalid. It must match ^[a-zA-Z0-9][a-zA-Z0-9\\-_]{0,254}$."
              .formatted(name));
    }
  }

  /** A version is any text that fits into one segment of a path. */
  public static void checkVersion(String version) {
    if (version.isBlank() || version.indexOf('/') >= 0 || version.length() > 255) {
      throw MlPaths.userError(400, "The version '%s' is invalid.".formatted(version));
    }
  }

  private MlNames() {}
}
