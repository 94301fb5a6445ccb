package mlops.emulator.blob.lease;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How leases stand in the documents of what is leased. */
public final class LeaseJson {

  /** Writes a lease, where there is one, as the member {@code lease}. */
  public static void put(ObjectNode owner, Lease lease) {
    if (lease.id().isEmpty()) {
      return;
    }
    ObjectNode json = owner.putObject("lease");
    json.put("id", lease.id()).put("seconds", lease.seconds());
    put(json, "until", lease.until());
    put(json, "broken", lease.broken());
  }

  private static void put(ObjectNode json, String name, @Nullable Instant time) {
    if (time != null) {
      json.put(name, time.toString());
    }
  }

  /** The lease of an owner's document. */
  public static Lease of(JsonNode owner) {
    JsonNode json = owner.path("lease");
    return json.isMissingNode()
        ? Lease.NONE
        : new Lease(
            json.path("id").asText(),
            json.path("seconds").asInt(),
            time(json.path("until")),
            time(json.path("broken")));
  }

  private static @Nullable Instant time(JsonNode json) {
    return json.isMissingNode() ? null : Instant.parse(json.asText());
  }

  private LeaseJson() {}
}
