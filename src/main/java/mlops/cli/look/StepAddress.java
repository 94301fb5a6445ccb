package mlops.cli.look;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Azure Resource Manager has what a step is about, read from the request that explains it.
 *
 * @param path an ARM id, or the collection that it is in where only Azure knows its name
 * @param isWhole whether it is an id
 */
record StepAddress(String path, String apiVersion, boolean isWhole) {
  private static final Pattern ARM =
      Pattern.compile("[A-Z]+ https://management\\.azure\\.com(/[^?]+)\\?api-version=(\\S+)");

  /** What ends an address that is a question, and not a thing. */
  private static final Pattern ACTION = Pattern.compile("/(listSecrets|listKeys)$");

  /** A path that ends in the name of a collection, such as {@code models/taxi/versions}. */
  private static final Pattern COLLECTION = Pattern.compile(".*/(versions|deployments|jobs)");

  /** The address in a request; empty where it goes elsewhere. */
  static Optional<StepAddress> of(String request) {
    Matcher arm = ARM.matcher(request);
    if (!arm.matches()) {
      return Optional.empty();
    }
    String path = ACTION.matcher(arm.group(1)).replaceFirst("");
    int unknown = path.indexOf("/{");
    String known = unknown < 0 ? path : path.substring(0, unknown);
    boolean whole = unknown < 0 && !COLLECTION.matcher(known).matches();
    return Optional.of(new StepAddress(known, arm.group(2), whole));
  }

  /** The name of the thing, or of what the collection is of: {@code taxi} of its versions. */
  String name() {
    String[] parts = path.split("/");
    return isWhole || parts.length < 2 ? parts[parts.length - 1] : parts[parts.length - 2];
  }

  /** {@code Microsoft.Storage/storageAccounts} of an ARM id; of a group its own. */
  static String type(String id) {
    int provider = id.toLowerCase(Locale.ROOT).lastIndexOf("/providers/");
    if (provider < 0) {
      return "Microsoft.Resources/resourceGroups";
    }
    String[] parts = id.substring(provider + "/providers/".length()).split("/");
    StringBuilder type = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i += 2) {
      type.append('/').append(parts[i]);
    }
    return type.toString();
  }
}
