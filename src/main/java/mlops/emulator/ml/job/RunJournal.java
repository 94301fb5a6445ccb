package mlops.emulator.ml.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mlops.emulator.http.Json;
import mlops.emulator.state.Folders;
import mlops.emulator.state.StateTree;

/**
 * What clients logged of a run since its document was last written by them: a line each in a file
 * that only grows. A training logs values one by one, and nothing here waits for the disk, as it
 * does where a document is written; a power failure may cost the last of them.
 *
 * <p>The document names its journal ({@link #NAME}), so that one which is left over from before
 * says nothing.
 */
record RunJournal(StateTree state) {
  /** The field of a run's document that names its journal. */
  private static final String NAME = "journal";

  private static final List<String> MAPS = List.of("params", "metrics", "tags");
  private static final String DISPLAY_NAME = "displayName";
  private static final String ENDING = ".journal";

  /** What is longer is read too slowly: the document takes it up. In bytes. */
  private static final long LONGEST = 32 << 10;

  /** Adds to a run's document what its journal says. */
  ObjectNode read(String id, ObjectNode run) {
    file(id, run).ifPresent(file -> lines(file).forEach(line -> add(run, line)));
    return run;
  }

  /** Writes a run's document, in which all is from now on. */
  void write(String id, ObjectNode run) {
    run.remove(NAME);
    state.write(id, run);
  }

  /**
   * Notes how what was logged of a run has changed.
   *
   * @param before the run as it was read
   */
  void note(String id, ObjectNode before, ObjectNode run) {
    ObjectNode changes = changes(before, run);
    if (!changes.isEmpty()) {
      Optional<Path> file = file(id, run).filter(f -> f.toFile().length() < LONGEST);
      file.ifPresentOrElse(f -> append(f, changes), () -> begin(id, run));
    }
  }

  /** The document with all that was logged, and a journal that is empty. */
  private void begin(String id, ObjectNode run) {
    Optional<Path> last = file(id, run);
    run.put(NAME, UUID.randomUUID().toString());
    state.write(id, run);
    try {
      Path folder = Files.createDirectories(state.directory(id));
      for (Path file : Folders.list(folder)) {
        boolean journal = file.toString().endsWith(ENDING);
        if (journal && !last.equals(Optional.of(file))) { // the last may be read this moment
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Path> file(String id, JsonNode run) {
    return Optional.of(run.path(NAME).asText())
        .filter(name -> !name.isEmpty())
        .map(name -> state.directory(id).resolve(name + ENDING));
  }

  private static ObjectNode changes(ObjectNode before, ObjectNode run) {
    ObjectNode changes = Json.object();
    for (String map : MAPS) {
      for (Map.Entry<String, JsonNode> entry : run.path(map).properties()) {
        if (!entry.getValue().equals(before.path(map).get(entry.getKey()))) {
          changes.withObjectProperty(map).set(entry.getKey(), entry.getValue());
        }
      }
    }
    if (!run.path(DISPLAY_NAME).equals(before.path(DISPLAY_NAME))) {
      changes.set(DISPLAY_NAME, run.path(DISPLAY_NAME));
    }
    return changes;
  }

  private static void add(ObjectNode run, JsonNode line) {
    for (String map : MAPS) {
      if (line.path(map) instanceof ObjectNode values) {
        run.withObjectProperty(map).setAll(values);
      }
    }
    if (line.has(DISPLAY_NAME)) {
      run.set(DISPLAY_NAME, line.get(DISPLAY_NAME));
    }
  }

  /** Lines begin with their break, so that one which was torn harms no other. */
  private static void append(Path file, ObjectNode changes) {
    try {
      Files.writeString(file, "\n" + changes, CREATE, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonNode> lines(Path file) {
    try {
      return new String(Files.readAllBytes(file), UTF_8)
          .lines()
          .flatMap(line -> parsed(line).stream())
          .toList();
    } catch (NoSuchFileException e) {
      return List.of(); // nothing was logged since
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<JsonNode> parsed(String line) {
    try {
      return Optional.of(Json.MAPPER.readTree(line)).filter(JsonNode::isObject);
    } catch (JsonProcessingException torn) {
      return Optional.empty(); // by a power failure
    }
  }
}
