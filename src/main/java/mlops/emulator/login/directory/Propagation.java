package mlops.emulator.login.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long it takes until what was written works everywhere. Azure answers 201 before all its
 * copies know; for the embedded one this is chosen.
 *
 * @param roles until the data plane honours a new role assignment
 * @param credentials until the login knows a new federated credential
 * @param edits whether the login gets to know of a federated credential that was changed in place.
 *     On Azure some never did, until they were deleted and made again
 * @param registries how long a deleted registry is still found by its name, and keeps it taken; on
 *     Azure 30 to 45 seconds
 * @param passing by which roles come to work; empty for the clock of the Azure
 */
public record Propagation(
    Duration roles,
    Duration credentials,
    boolean edits,
    Duration registries,
    Optional<Clock> passing) {
  /** The member of a stored credential that says how it was when it was made; never shown. */
  private static final String MADE = "@made";

  private static final String SUBJECT = "subject";

  /** Roles take a moment, so that nobody relies on their being there at once. */
  public static Propagation fast() {
    return new Propagation(
        Duration.ofMillis(300), Duration.ZERO, true, Duration.ofSeconds(1), Optional.empty());
  }

  public Propagation withRoles(Duration after) {
    return new Propagation(after, credentials, edits, registries, passing);
  }

  public Propagation withCredentials(Duration after) {
    return new Propagation(roles, after, edits, registries, passing);
  }

  public Propagation withoutEdits() {
    return new Propagation(roles, credentials, false, registries, passing);
  }

  public Propagation withRegistries(Duration after) {
    return new Propagation(roles, credentials, edits, after, passing);
  }

  public Propagation withPassing(Clock clock) {
    return new Propagation(roles, credentials, edits, registries, Optional.of(clock));
  }

  /** Notes in a new credential what the login will know of it. */
  public static void note(ObjectNode credential, Instant now) {
    String subject = credential.path(SUBJECT).asText();
    credential.putObject(MADE).put("at", now.toString()).put(SUBJECT, subject);
  }

  /** The credential as Graph shows it. */
  public static ObjectNode shown(ObjectNode stored) {
    ObjectNode shown = stored.deepCopy();
    shown.remove(MADE);
    return shown;
  }

  /**
   * The credential as the login knows it by now. Of one that is still on its way the subject is
   * missing, for that is what Azure then refuses.
   */
  public FederatedCredential known(ObjectNode stored, Instant now) {
    String at = stored.path(MADE).path("at").asText("");
    ObjectNode known = stored.deepCopy();
    if (!at.isEmpty() && Instant.parse(at).plus(credentials).isAfter(now)) {
      known.put(SUBJECT, "");
    } else if (!at.isEmpty() && !edits) {
      known.set(SUBJECT, stored.path(MADE).path(SUBJECT));
    }
    return FederatedCredential.of(known);
  }
}
