package mlops.assets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A YAML file, and what the real client made of it.
 *
 * @param kind the last part of its {@code $schema}, or its type
 * @param error why the client refused it; empty where it took it
 * @param set what was given besides the file
 * @param sent bodies by ARM path, in the order in which they were sent
 */
record RecordedFile(
    String file,
    String kind,
    Optional<String> error,
    FieldOverrides set,
    Map<String, JsonNode> sent) {

  /** All of a recording. */
  static List<RecordedFile> all(Path recording) throws IOException {
    List<RecordedFile> all = new ArrayList<>();
    ObjectMapper mapper = new ObjectMapper();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(recording)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        all.add(of(mapper.readTree(line)));
      }
    }
    return all;
  }

  private static RecordedFile of(JsonNode line) {
    FieldOverrides set = FieldOverrides.none();
    for (Map.Entry<String, JsonNode> given : line.path("set").properties()) {
      set = set.with(given.getKey(), given.getValue());
    }
    Map<String, JsonNode> sent = new LinkedHashMap<>();
    line.path("puts").forEach(put -> sent.put(put.path("path").asText(), put.path("body")));
    Optional<String> error = Optional.of(line.path("error").asText(""));
    return new RecordedFile(
        line.path("file").asText(),
        line.path("kind").asText(),
        error.filter(e -> !line.path("ok").asBoolean()),
        set,
        sent);
  }

  /** Whether the client itself broke, which says nothing of the file. */
  boolean crashed() {
    return error
        .filter(
            e ->
                e.matches(
                    "(?s)(AttributeError|RuntimeError|JobParsingError|NotImplementedError).*"))
        .isPresent();
  }

  /** The path of the thing itself. */
  String path() {
    return sent.keySet().stream().reduce("", (before, last) -> last);
  }
}
