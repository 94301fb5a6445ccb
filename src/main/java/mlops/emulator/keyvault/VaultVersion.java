package mlops.emulator.keyvault;

import java.util.regex.Pattern;
import mlops.emulator.http.Request;

/** The api-version of a request, which decides a few members of its answer. */
record VaultVersion(String text) {
  private static final String NEWEST = "2026-04-01";
  private static final Pattern KNOWN =
      Pattern.compile(
          "2016-10-01|7\\.[0-6](-preview(\\.\\d)?)?|2025-0[67]-01(-preview)?|2026-04-01");

  /** That of a request, where this is one that Key Vault has or had. */
  static VaultVersion of(Request request) {
    String text = request.queryValue("api-version").orElse("");
    if (text.isEmpty()) {
      throw VaultErrors.badParameter("api-version must be specified");
    }
    if (!KNOWN.matcher(text).matches()) {
      throw VaultErrors.badParameter(
          "The specified version (%s) is not recognized. Consider using the latest supported version (%s)."
              .formatted(text, NEWEST));
    }
    return new VaultVersion(text);
  }

  /** Whether attributes tell for how many days a deleted secret is kept. */
  boolean hasRecoverableDays() {
    return text.compareTo("7.1") >= 0 || hasPreviousVersion();
  }

  /** Whether a secret tells which version was there before it. */
  boolean hasPreviousVersion() {
    return text.startsWith("202");
  }
}
