package mlops.portal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Who may look: whoever brings the token, once, gets a cookie, which browsers send from no other
 * site and show to no script.
 */
final class Visitors {
  private static final int BYTES = 24;

  private final String token = secret();
  private final String cookie = secret();
  private final AtomicBoolean used = new AtomicBoolean();
  private final String name;

  /**
   * @param port of the portal: cookies of a host are those of all its ports
   */
  Visitors(int port) {
    this.name = "mlops_portal_" + port;
  }

  private static String secret() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  String token() {
    return token;
  }

  /** The {@code Set-Cookie} for the token; empty for a wrong one, and for the second who has it. */
  Optional<String> enter(String given) {
    boolean right = same(token, given) && used.compareAndSet(false, true);
    return right
        ? Optional.of("%s=%s; Path=/; HttpOnly; SameSite=Strict".formatted(name, cookie))
        : Optional.empty();
  }

  /**
   * Whether a request comes from who entered.
   *
   * @param cookies the header of the request; empty where there is none
   */
  boolean knows(String cookies) {
    return Stream.of(cookies.split(";"))
        .map(one -> one.strip().split("=", 2))
        .anyMatch(pair -> pair.length == 2 && pair[0].equals(name) && same(cookie, pair[1]));
  }

  private static boolean same(String secret, String given) {
    return MessageDigest.isEqual(secret.getBytes(UTF_8), given.getBytes(UTF_8));
  }
}
