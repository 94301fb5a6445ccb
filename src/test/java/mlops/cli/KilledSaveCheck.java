package mlops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import mlops.Program;
import mlops.emulator.saved.SavedStates;
import mlops.emulator.state.Folders;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code local save} and {@code load}, killed at any moment, leave whole states or none. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class KilledSaveCheck {
  private static final int FILES = 4000;
  private static final long LONGEST_MILLIS = 1500;

  @TempDir Path folder;

  private Process start(String... words) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Program.mlops(words));
    builder.environment().put("MLOPS_STATE", folder.resolve("azure").toString());
    return builder.redirectErrorStream(true).start();
  }

  private String runs(String... words) throws IOException, InterruptedException {
    Process process = start(words);
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  @Test
  void wherever_they_are_killed_the_next_run_finds_whole_states() throws Exception {
    Path state = folder.resolve("azure");
    runs("bootstrap");
    Path many = Files.createDirectories(state.resolve("many"));
    for (int i = 0; i < FILES; i++) {
      Files.writeString(many.resolve("file-" + i), "content");
    }
    runs("local", "save", "good");
    SavedStates saved = SavedStates.of(state);
    int files = saved.find("good").orElseThrow().files();
    Random random = new Random(20);
    int killed = 0;
    for (int i = 0; i < Integer.getInteger("mlops.kills", 12); i++) {
      boolean load = i % 2 == 0;
      Process process =
          load
              ? start("local", "load", "good", "--yes")
              : start("local", "save", "other", "--replace");
      if (!process.waitFor(300 + random.nextLong(LONGEST_MILLIS), TimeUnit.MILLISECONDS)) {
        killed++;
      }
      process.destroyForcibly().waitFor();
      assertEquals(files, Folders.files(saved.find("good").orElseThrow().state()).size());
      if (saved.find("other").isPresent()) {
        assertEquals(files, Folders.files(saved.find("other").orElseThrow().state()).size());
      }
      runs("local", "load", "good", "--yes"); // also where the state itself is gone
      assertEquals(files, Folders.files(state).size());
      assertTrue(runs("local", "doctor").contains("all is well"));
      List<Path> left = Folders.list(saved.folder());
      assertTrue(
          left.stream().noneMatch(f -> f.getFileName().toString().matches("\\.(new|gone)-.*")),
          left::toString);
    }
    assertTrue(killed > 2, "only so many were killed: " + killed);
  }
}
