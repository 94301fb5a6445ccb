package mlops.emulator.login.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import mlops.emulator.TestKey;
import mlops.emulator.state.StateTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key of a state that is new, that several open at once, that somebody has damaged. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SigningKeyTest {
  private static final byte[] CONTENT = "header.claims".getBytes(US_ASCII);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void where() {
    file = folder.resolve("login").resolve("signing-key.pkcs8");
  }

  @Test
  void nothing_is_kept_until_somebody_needs_the_key() {
    SigningKey key = SigningKey.of(StateTree.open(folder));
    assertFalse(Files.exists(file));
    byte[] signature = key.sign(CONTENT);
    assertTrue(Files.exists(file));
    assertTrue(SigningKey.of(StateTree.open(folder)).verify(CONTENT, signature));
  }

  @Test
  void who_opens_a_new_state_at_once_with_others_has_the_key_of_the_quickest() {
    StateTree state = StateTree.open(folder);
    List<SigningKey> all = IntStream.range(0, 3).mapToObj(i -> SigningKey.of(state)).toList();
    List<byte[]> signatures = all.parallelStream().map(key -> key.sign(CONTENT)).toList();
    for (SigningKey key : all) {
      assertEquals(all.get(0).id(), key.id());
      assertTrue(signatures.stream().allMatch(signature -> key.verify(CONTENT, signature)));
    }
  }

  @Test
  void a_damaged_key_is_told_when_the_state_is_opened() throws IOException {
    SigningKey.of(StateTree.open(TestKey.in(folder))).sign(CONTENT);
    Files.write(file, new byte[] {1, 2, 3});
    StateTree state = StateTree.open(folder);
    Exception told = assertThrows(UncheckedIOException.class, () -> SigningKey.of(state));
    assertTrue(told.toString().contains(file.toString()), told::toString);
  }
}
