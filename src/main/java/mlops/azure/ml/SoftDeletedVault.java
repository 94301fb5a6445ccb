package mlops.azure.ml;

import com.azure.core.exception.HttpResponseException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.Lookup;

/**
 * A key vault that was deleted, for as long as it keeps its name (REST reference: Vaults, Get
 * Deleted and Purge Deleted).
 *
 * @param location the region that it was in
 */
public record SoftDeletedVault(Azure azure, String location, String name) {
  private static final String API_VERSION = "2023-07-01";
  private static final int DAY = 10;

  /**
   * It, with its dates; empty where there is none, and where the one who is signed in may not look:
   * deleted vaults belong to the subscription, and rights may end at a group.
   */
  public Optional<ObjectNode> find() {
    try {
      return azure.arm().find(id(), API_VERSION);
    } catch (HttpResponseException e) {
      if (Lookup.status(e) == 403) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether nobody can purge it before its time. */
  public static boolean isProtected(ObjectNode deleted) {
    return deleted.at("/properties/purgeProtectionEnabled").asBoolean();
  }

  /** {@code was deleted on 2026-11-30 and keeps its name until 2027-02-28}. */
  public static String words(ObjectNode deleted) {
    return "was deleted on %s and keeps its name until %s"
        .formatted(day(deleted, "deletionDate"), day(deleted, "scheduledPurgeDate"));
  }

  /** The day of one of its dates, or {@code ?} where Azure does not tell it. */
  public static String day(ObjectNode deleted, String date) {
    String text = deleted.path("properties").path(date).asText();
    return text.length() < DAY ? "?" : text.substring(0, DAY);
  }

  /**
   * Asks Azure to delete it for good: {@link #find} tells when that is done. It may be gone:
   * another has purged it, or the answer to a first request was lost.
   */
  public void purge() {
    try {
      azure.arm().post(id() + "/purge", API_VERSION, null);
    } catch (HttpResponseException e) {
      if (Lookup.status(e) != 404) {
        throw e;
      }
    }
  }

  private String id() {
    return "%s/providers/Microsoft.KeyVault/locations/%s/deletedVaults/%s"
        .formatted(azure.subscriptionId(), location, name);
  }
}
