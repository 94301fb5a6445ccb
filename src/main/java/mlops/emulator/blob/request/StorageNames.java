package mlops.emulator.blob.request;

import java.util.Set;
import java.util.regex.Pattern;
import mlops.emulator.blob.auth.StorageTarget;
import mlops.emulator.http.ApiException;

/** Azure's rules for the names of containers and blobs. */
public final class StorageNames {
  private static final Pattern CONTAINER =
      Pattern.compile("[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]");
  private static final Set<String> SYSTEM = Set.of("$root", "$logs", "$web", "$blobchangefeed");
  private static final int LONGEST_BLOB = 1024;

  /**
   * Checks the names of a request.
   *
   * @throws ApiException 400 InvalidResourceName or OutOfRangeInput
   */
  static void check(StorageTarget target) {
    String container = target.container();
    if (container.isEmpty() || SYSTEM.contains(container)) {
      return;
    }
    if (container.length() < 3
        || container.length() > 63
        || target.blob().length() > LONGEST_BLOB) {
      throw ApiException.badRequest(
          "OutOfRangeInput", "One of the request inputs is out of range.");
    }
    if (!isContainer(container)) {
      throw ApiException.badRequest(
          "InvalidResourceName", "The specifed resource name contains invalid characters.");
    }
  }

  /**
   * Whether a container may have this name; those that Azure keeps for itself are not among them.
   */
  public static boolean isContainer(String name) {
    return CONTAINER.matcher(name).matches();
  }

  private StorageNames() {}
}
