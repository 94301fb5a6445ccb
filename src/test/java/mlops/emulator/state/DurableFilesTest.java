package mlops.emulator.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is forced to disk, as the Java runtime's own recorder sees it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DurableFilesTest {
  @TempDir Path folder;

  @Test
  void a_rename_and_new_folders_survive_a_failure_of_the_power() throws Exception {
    assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "folders can be forced to disk");
    StateTree state = StateTree.open(folder.resolve("state"));
    List<String> forced =
        forcedBy(
            () -> {
              state.write("/a/b/c", JsonNodeFactory.instance.objectNode());
              state.write("/a/b/d", JsonNodeFactory.instance.objectNode());
            });
    Path root = folder.resolve("state");
    assertEquals(root.toString(), forced.get(0), "which has a new folder");
    assertEquals(root.resolve("a").toString(), forced.get(1), "which has one, too");
    assertTrue(Path.of(forced.get(2)).getFileName().toString().startsWith(".new-"), "the content");
    assertEquals(root.resolve("a/b").toString(), forced.get(3), "where it was renamed");
    assertTrue(Path.of(forced.get(4)).getFileName().toString().startsWith(".new-"), "the next");
    assertEquals(root.resolve("a/b").toString(), forced.get(5));
    assertEquals(6, forced.size(), forced::toString);
    assertTrue(
        forcedBy(() -> state.delete("/a/b/c")).contains(root.resolve("a/b").toString()),
        "and what was deleted does not come back");
  }

  private List<String> forcedBy(Runnable work) throws Exception {
    Path file = Files.createTempFile(folder, "forced", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileForce").withThreshold(Duration.ZERO).withoutStackTrace();
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    return events.stream()
        .filter(e -> e.getEventType().getName().equals("jdk.FileForce"))
        .sorted(java.util.Comparator.comparing(RecordedEvent::getStartTime))
        .map(e -> e.getString("path"))
        .toList();
  }
}
