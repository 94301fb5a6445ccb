package mlops.features.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/**
 * Who may ask: whoever brings the token, under an address of this machine. A page of elsewhere
 * reaches a loopback address by a name of its own (DNS rebinding), which the {@code Host} tells.
 */
record CallerCheck(String token, int port) {
  private static final String BEARER = "Bearer ";

  /** Why a request is not let in, as status and words; empty where it is. */
  Optional<Refusal> refuse(Headers headers) {
    Set<String> hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
    String host = Optional.ofNullable(headers.getFirst("Host")).orElse("");
    if (!hosts.contains(host)) {
      return Optional.of(new Refusal(403, "This answers under the address that it printed alone."));
    }
    String given = Optional.ofNullable(headers.getFirst("Authorization")).orElse("");
    boolean right =
        given.startsWith(BEARER)
            && MessageDigest.isEqual(
                token.getBytes(UTF_8), given.substring(BEARER.length()).getBytes(UTF_8));
    return right
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                401, "Send the token that mlops features serve printed: Authorization: Bearer …"));
  }

  /** An answer that is no lookup. */
  record Refusal(int status, String message) {}
}
