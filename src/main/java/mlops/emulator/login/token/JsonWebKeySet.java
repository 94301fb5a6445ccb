package mlops.emulator.login.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import mlops.emulator.http.Json;

/** A signing key as issuers publish it (RFC 7517). */
public final class JsonWebKeySet {

  public static ObjectNode of(SigningKey key) {
    ObjectNode set = Json.object();
    set.putArray("keys")
        .addObject()
        .put("kty", "RSA")
        .put("use", "sig")
        .put("alg", "RS256")
        .put("kid", key.id())
        .put("x5t", key.id())
        .put("n", number(key.publicKey().getModulus()))
        .put("e", number(key.publicKey().getPublicExponent()));
    return set;
  }

  /** Big-endian without the sign octet that Java puts first. */
  private static String number(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] plain = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
  }

  private JsonWebKeySet() {}
}
