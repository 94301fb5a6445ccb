package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a state that cannot be read or written: the file is named, and the way out. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class BrokenStateTest {
  @TempDir Path folder;
  private Transcript mlops;

  @BeforeEach
  void bootstrap() {
    mlops = Transcript.of(folder.resolve("azure"));
    assertEquals(0, mlops.run("bootstrap"), () -> mlops.out() + mlops.err());
  }

  @Test
  void a_document_that_is_cut_off_stops_what_needs_it_and_nothing_else() throws IOException {
    Path document = mlops.file("ml-mlopsdemo-demo-02.json");
    byte[] whole = Files.readAllBytes(document);
    Files.writeString(document, "{\"id\": \"/subscr");
    assertEquals(1, mlops.run("bootstrap", "-o", "json"), mlops::err);
    JsonNode error = step("key-vault.test").path("error");
    assertEquals("StateUnusable", error.path("code").asText());
    assertTrue(error.path("message").asText().contains(document.toString()), mlops::out);
    assertTrue(error.path("hint").asText().contains("mlops local reset"), mlops::out);
    assertEquals("unchanged", step("workspace.dev").path("outcome").asText());
    assertFalse(mlops.err().contains("\tat "), mlops::err);
    Files.write(document, whole);
    assertEquals(0, mlops.run("bootstrap", "-o", "json"), mlops::err);
  }

  @Test
  void a_directory_that_is_broken_is_named_before_anything_begins() throws IOException {
    Path user = mlops.file("22222222-2222-2222-2222-222222222222.json");
    Files.write(user, new byte[0]);
    assertEquals(1, mlops.run("status", "-o", "json"), mlops::err);
    assertEquals("StateUnusable", mlops.json().at("/error/code").asText());
    assertTrue(mlops.json().at("/error/message").asText().contains(user.toString()), mlops::out);
    assertEquals(1, mlops.run("local", "status"));
    assertTrue(mlops.err().contains(user.toString()), mlops::err);
  }

  private JsonNode step(String id) {
    for (JsonNode step : mlops.json().path("steps")) {
      if (step.path("id").asText().equals(id)) {
        return step;
      }
    }
    throw new AssertionError("no step " + id);
  }
}
