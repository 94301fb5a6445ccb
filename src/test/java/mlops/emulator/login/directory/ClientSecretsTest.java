package mlops.emulator.login.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import mlops.emulator.state.StateTree;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets that people and scripts hand to tools. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ClientSecretsTest {
  private static final int MANY = 200; // of 64 random letters one would be a hyphen at the start

  @TempDir Path folder;

  @Test
  void none_looks_like_an_option_or_needs_quotes() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    ClientSecrets secrets =
        new ClientSecrets(StateTree.open(folder), Clock.fixed(now, ZoneOffset.UTC));
    Set<String> all = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      String secret = secrets.add("app", "key" + i % 2, now.plus(Duration.ofDays(1)));
      assertTrue(secret.matches("[0-9a-f]{64}"), secret);
      assertTrue(secrets.matches("app", secret));
      all.add(secret);
    }
    assertEquals(MANY, all.size());
    secrets.remove("app", "key1");
    assertEquals(1, all.stream().filter(secret -> secrets.matches("app", secret)).count());
  }
}
