package mlops.emulator.login;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import mlops.emulator.state.DurableFiles;
import mlops.emulator.state.StateTree;

/** The key that signs the tokens of one state (RS256), kept there for its owner only. */
final class SigningKey {
  private final PrivateKey privateKey;
  private final RSAPublicKey publicKey;

  private SigningKey(PrivateKey privateKey, RSAPublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** The key of a state, made at its first use. */
  static SigningKey of(StateTree state) {
    Path file = state.folder().resolve("login").resolve("signing-key.pkcs8");
    try {
      byte[] encoded = state.exclusively(() -> readOrMake(file));
      KeyFactory keys = KeyFactory.getInstance("RSA");
      RSAPrivateCrtKey key =
          (RSAPrivateCrtKey) keys.generatePrivate(new PKCS8EncodedKeySpec(encoded));
      PublicKey open =
          keys.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
      return new SigningKey(key, (RSAPublicKey) open);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the signing key " + file + " cannot be used", e);
    }
  }

  private static byte[] readOrMake(Path file) {
    try {
      if (!Files.exists(file)) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        DurableFiles.writeSecret(file, generator.generateKeyPair().getPrivate().getEncoded());
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no RSA", e);
    }
  }

  byte[] sign(byte[] content) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(privateKey);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a token cannot be signed", e);
    }
  }

  boolean verify(byte[] content, byte[] given) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(publicKey);
      signature.update(content);
      return signature.verify(given);
    } catch (GeneralSecurityException e) {
      return false; // not a signature at all
    }
  }

  RSAPublicKey publicKey() {
    return publicKey;
  }

  /** The {@code kid} of the key in tokens and in the published key set. */
  String id() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(publicKey.getEncoded());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }
}
