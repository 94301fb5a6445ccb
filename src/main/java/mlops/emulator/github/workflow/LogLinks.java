package mlops.emulator.github.workflow;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import mlops.emulator.http.Request;
import mlops.emulator.state.StateTree;

/** Links that need no token, and are good for a minute. */
final class LogLinks {
  static final String HOST = "results.actions.githubusercontent.com";
  private static final Duration LIFETIME = Duration.ofMinutes(1);
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final String EXPIRES = "se";
  private static final String SIGNATURE = "sig";

  private final StateTree state;
  private final Clock clock;

  LogLinks(StateTree state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  String to(String path) {
    long end = clock.instant().plus(LIFETIME).getEpochSecond();
    return "https://%s%s?%s=%d&%s=%s"
        .formatted(HOST, path, EXPIRES, end, SIGNATURE, signature(path, end));
  }

  /** Whether a request comes by a link that is still good. */
  boolean isGood(Request request) {
    String end = request.queryValue(EXPIRES).orElse("");
    if (!end.matches("\\d{1,15}") || Long.parseLong(end) < clock.instant().getEpochSecond()) {
      return false;
    }
    String right = signature(request.path(), Long.parseLong(end));
    String shown = request.queryValue(SIGNATURE).orElse("");
    return MessageDigest.isEqual(
        right.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }

  private String signature(String path, long end) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key(), ALGORITHM));
      byte[] text = (path + "\n" + end).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(mac.doFinal(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] key() {
    return state.secret(
        state.folder().resolve("github").resolve("links.key"),
        () -> {
          byte[] fresh = new byte[KEY_BYTES];
          new SecureRandom().nextBytes(fresh);
          return fresh;
        });
  }
}
