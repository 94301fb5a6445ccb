package mlops.emulator.login.token;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import mlops.emulator.state.BrokenFile;
import mlops.emulator.state.StandardHashes;
import mlops.emulator.state.StateTree;
import org.jspecify.annotations.Nullable;

/**
 * The key that signs the tokens of one state (RS256), kept there for its owner only. A new state's
 * key takes half a second to make: that goes on in the background, and nothing is kept of it until
 * somebody needs the key.
 */
public final class SigningKey {
  private final StateTree state;
  private final Path file;
  private final Optional<CompletableFuture<byte[]>> candidate;
  private @Nullable Pair pair;

  private record Pair(PrivateKey secret, RSAPublicKey open) {}

  private SigningKey(StateTree state, Path file, Optional<CompletableFuture<byte[]>> candidate) {
    this.state = state;
    this.file = file;
    this.candidate = candidate;
  }

  /** The key of a state, made at its first use. */
  static SigningKey of(StateTree state) {
    Path file = state.folder().resolve("login").resolve("signing-key.pkcs8");
    if (!Files.exists(file)) {
      return new SigningKey(state, file, Optional.of(begin()));
    }
    SigningKey key = new SigningKey(state, file, Optional.empty());
    key.pair(); // a damaged one is told at once
    return key;
  }

  private static CompletableFuture<byte[]> begin() {
    return CompletableFuture.supplyAsync(
        SigningKey::make,
        task -> {
          Thread thread = new Thread(task, "mlops-signing-key");
          thread.setDaemon(true);
          thread.start();
        });
  }

  private static byte[] make() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair().getPrivate().getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no RSA", e);
    }
  }

  private synchronized Pair pair() {
    Pair known = pair;
    if (known == null) {
      known =
          parse(
              state.secret(
                  file, () -> candidate.map(CompletableFuture::join).orElseGet(SigningKey::make)));
      pair = known;
    }
    return known;
  }

  private Pair parse(byte[] encoded) {
    try {
      KeyFactory keys = KeyFactory.getInstance("RSA");
      RSAPrivateCrtKey key =
          (RSAPrivateCrtKey) keys.generatePrivate(new PKCS8EncodedKeySpec(encoded));
      PublicKey open =
          keys.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
      return new Pair(key, (RSAPublicKey) open);
    } catch (GeneralSecurityException e) {
      throw new BrokenFile(file, "it holds no private key").failure(e);
    }
  }

  byte[] sign(byte[] content) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair().secret());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a token cannot be signed", e);
    }
  }

  boolean verify(byte[] content, byte[] given) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(pair().open());
      signature.update(content);
      return signature.verify(given);
    } catch (GeneralSecurityException e) {
      return false; // not a signature at all
    }
  }

  RSAPublicKey publicKey() {
    return pair().open();
  }

  /** The {@code kid} of the key in tokens and in the published key set. */
  String id() {
    byte[] digest = StandardHashes.sha256(publicKey().getEncoded());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }
}
