package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LocalCommandTest {
  @TempDir Path folder;

  @Test
  void status_says_who_and_where() {
    Path state = folder.resolve("azure");
    Transcript mlops = Transcript.of(state);
    assertEquals(0, mlops.run("local", "status", "-o", "json"));
    JsonNode result = mlops.json().path("result");
    assertEquals("11111111-1111-1111-1111-111111111111", result.path("tenantId").asText());
    assertEquals("00000000-0000-0000-0000-000000000000", result.path("subscriptionId").asText());
    assertEquals("you@mlops.onmicrosoft.com", result.path("user").asText());
    assertEquals(state.toString(), result.path("stateDir").asText());
    assertTrue(result.path("counts").isObject());
    assertEquals(0, mlops.run("local", "status"));
    assertTrue(mlops.out().contains("state         " + state), mlops.out());
    assertTrue(mlops.out().contains("nothing in it yet: mlops bootstrap"), mlops.out());
    assertFalse(Files.exists(state)); // to look makes nothing
  }

  @Test
  void the_option_comes_before_the_variable() {
    Transcript mlops = Transcript.of(folder.resolve("a"));
    assertEquals(0, mlops.run("bootstrap", "--plan", "--state", folder.resolve("b").toString()));
    assertTrue(Files.exists(folder.resolve("b")));
    assertFalse(Files.exists(folder.resolve("a")));
  }

  @Test
  void reset_asks_first() {
    Path state = folder.resolve("azure");
    Transcript mlops = Transcript.of(state);
    assertEquals(0, mlops.run("bootstrap", "--plan"));
    assertEquals(2, mlops.run("local", "reset"));
    assertEquals(2, mlops.run("local", "reset", "--yes", "--cloud", "azure"));
    assertTrue(Files.exists(state));
    assertEquals(0, mlops.run("local", "reset", "--yes"));
    assertFalse(Files.exists(state));
    assertEquals(0, mlops.run("local", "reset", "--yes", "-o", "json"));
    assertFalse(mlops.json().path("result").path("deleted").asBoolean());
  }

  @Test
  void reset_leaves_folders_alone_that_are_something_else() throws IOException {
    Path precious = Files.createDirectory(folder.resolve("home"));
    Files.writeString(precious.resolve("thesis.txt"), "years");
    Transcript mlops = Transcript.of(precious);
    assertEquals(2, mlops.run("local", "reset", "--yes"));
    assertTrue(Files.exists(precious.resolve("thesis.txt")));
  }
}
