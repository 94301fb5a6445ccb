package mlops.emulator.blob.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mlops.emulator.state.StateTree;

/**
 * User delegation keys. A key follows from what it is for and a secret of the state, so none is
 * kept.
 */
public final class DelegationKeys {
  private static final int LENGTH = 32;
  private static final List<String> TERMS = List.of("skoid", "sktid", "skt", "ske", "sks", "skv");

  private final StateTree state;

  public DelegationKeys(StateTree state) {
    this.state = state;
  }

  /** The key in base64 for these terms: who ({@code skoid}, {@code sktid}), when and what for. */
  public String value(String account, Map<String, String> terms) {
    String text =
        account
            + "\n"
            + TERMS.stream()
                .map(name -> terms.getOrDefault(name, ""))
                .collect(Collectors.joining("\n"));
    return Base64.getEncoder().encodeToString(Hmac.sign(secret(), text));
  }

  private byte[] secret() {
    Path file = state.folder().resolve("delegation.key");
    byte[] secret = state.secret(file, DelegationKeys::fresh);
    if (secret.length != LENGTH) {
      throw new UncheckedIOException(
          new IOException("the state file %s holds no key".formatted(file)));
    }
    return secret;
  }

  private static byte[] fresh() {
    byte[] fresh = new byte[LENGTH];
    new SecureRandom().nextBytes(fresh);
    return fresh;
  }
}
