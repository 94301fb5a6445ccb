package mlops.azure.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import mlops.azure.RestClient;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HarEntriesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir Path folder;

  @Test
  void entries_wait_on_disk_and_come_back_in_the_order_of_their_requests() throws IOException {
    Path file = folder.resolve("entries");
    HarEntries entries = HarEntries.in(file);
    entries.add(entry("later, \"é\"\n", NOON.plusMillis(5)));
    entries.add(entry("first", NOON));
    assertTrue(Files.readString(file).contains("first"));

    assertEquals("first", all(entries).at("/0/name").asText());
    entries.add(entry("between", NOON.plusMillis(1)));

    JsonNode all = all(entries);
    assertEquals(3, all.size());
    assertEquals("between", all.at("/1/name").asText());
    assertEquals("later, \"é\"\n", all.at("/2/name").asText());
  }

  private static ObjectNode entry(String name, Instant start) {
    return RestClient.JSON
        .createObjectNode()
        .put("startedDateTime", start.toString())
        .put("name", name);
  }

  private static JsonNode all(HarEntries entries) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = RestClient.JSON.createGenerator(text)) {
      entries.writeTo(json);
    }
    return RestClient.JSON.readTree(text.toString());
  }
}
