package mlops.emulator.login.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import mlops.emulator.http.Json;
import mlops.emulator.state.StandardHashes;
import mlops.emulator.state.StateTree;

/**
 * Passwords of applications, as the documents {@code /directory/secrets/{appId}/{keyId}}. Only
 * their hashes are kept: a secret is random and long, so that one round of SHA-256 hides it.
 */
public final class ClientSecrets {
  private static final String COLLECTION = "/directory/secrets/";

  private final StateTree state;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  public ClientSecrets(StateTree state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  private record Entry(String hash, Instant end) {
    static Entry read(ObjectNode document) {
      return new Entry(
          document.path("sha256").asText(), Instant.parse(document.path("endDateTime").asText()));
    }
  }

  /**
   * Makes a secret that ends at a time. It is told this once. It is of digits and letters only, for
   * {@code az login --password} takes one that begins with a hyphen for an option.
   */
  public String add(String appId, String keyId, Instant end) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String secret = HexFormat.of().formatHex(bytes);
    ObjectNode entry = Json.object();
    entry.put("sha256", hash(secret)).put("endDateTime", end.toString());
    state.write(COLLECTION + appId + "/" + keyId, entry);
    return secret;
  }

  /** Whether a text is a secret of the application that has not ended. */
  public boolean matches(String appId, String secret) {
    byte[] given = hash(secret).getBytes(UTF_8);
    boolean match = false;
    for (Entry entry : state.list(COLLECTION + appId, Entry::read)) {
      boolean live = entry.end().isAfter(clock.instant());
      match |= MessageDigest.isEqual(entry.hash().getBytes(UTF_8), given) && live;
    }
    return match;
  }

  public void remove(String appId, String keyId) {
    state.delete(COLLECTION + appId + "/" + keyId);
  }

  private static String hash(String secret) {
    return Base64.getEncoder().encodeToString(StandardHashes.sha256(secret));
  }
}
