package mlops.emulator;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import mlops.emulator.state.DurableFiles;
import mlops.emulator.state.Folders;

/** A signing key for all states of a build: to make one takes longer than most tests. */
public final class TestKey {

  private static final class Made {
    static final byte[] KEY = kept(Path.of("target", "test-key.pkcs8"));
  }

  /** What the processes of a build share; which of them makes it does not matter. */
  private static byte[] kept(Path file) {
    try {
      if (!Files.exists(file)) {
        DurableFiles.writeSecret(file, make());
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] make() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(1024); // half of what a real one has: to sign takes a sixth
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
        Files.write(state.resolve(".lock"), new byte[0], CREATE, WRITE); // a state is known by it
      }
      return state;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same where there is nothing yet. */
  public static void inNew(Path state) {
    try {
      boolean isEmpty = Files.isDirectory(state) && Folders.list(state).isEmpty();
      if (isEmpty || !Files.exists(state, NOFOLLOW_LINKS)) {
        in(state);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TestKey() {}
}
