package mlops.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import mlops.emulator.state.DurableFiles;

/** A signing key for all states of a process: to make one takes longer than most tests. */
public final class TestKey {

  private static final class Made {
    static final byte[] KEY = make();
  }

  private static byte[] make() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair().getPrivate().getEncoded();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives it to a state that is to be in this folder, which is returned. */
  public static Path in(Path state) {
    Path file = state.resolve("login").resolve("signing-key.pkcs8");
    try {
      if (!Files.exists(file)) {
        DurableFiles.writeSecret(file, Made.KEY);
        Files.createFile(state.resolve(".lock")); // what a state is known by
      }
      return state;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TestKey() {}
}
