package mlops.emulator.github.api;

import java.util.Locale;
import java.util.regex.Pattern;
import mlops.emulator.github.route.GitHubErrors;

/** The names that secrets and variables may have. */
final class ValueNames {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /**
   * A name that is allowed.
   *
   * @param kind such as {@code Secret}
   */
  static String require(String kind, String name) {
    if (name.toUpperCase(Locale.ROOT).startsWith("GITHUB_")) {
      throw GitHubErrors.unprocessable(kind + " names must not start with GITHUB_.");
    }
    if (!NAME.matcher(name).matches()) {
      throw GitHubErrors.unprocessable(
          kind
              + " names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores (_). Spaces are not allowed. Must start with a letter ([a-z], [A-Z]) or underscores (_).");
    }
    return name;
  }

  private ValueNames() {}
}
