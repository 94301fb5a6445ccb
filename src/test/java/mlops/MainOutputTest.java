package mlops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mlops.emulator.TestKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output of the process where it cannot be written. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MainOutputTest {
  private static final File FULL = new File("/dev/full");

  @TempDir Path folder;

  @Test
  void an_output_that_is_full_is_told_and_ends_with_1() throws IOException, InterruptedException {
    assumeTrue(FULL.exists(), "this system has no /dev/full");
    for (List<String> words :
        List.of(List.of("--help"), List.of("local", "status", "-o", "json"), List.of("status"))) {
      Process process = start(words, FULL);
      String said = read(process.getErrorStream());
      assertEquals(1, process.waitFor(), said);
      assertTrue(said.contains("The output could not be written"), said);
    }
  }

  @Test
  void a_reader_that_has_enough_is_no_failure() throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("/dev/stdout")), "this system has no /dev/stdout");
    Process process = start(List.of("--help"), null);
    process.getInputStream().close();
    String said = read(process.getErrorStream());
    assertEquals(0, process.waitFor(), said);
    assertEquals("", said);
  }

  private Process start(List<String> words, @Nullable File output) throws IOException {
    ProcessBuilder process = new ProcessBuilder(Program.mlops(words.toArray(String[]::new)));
    process.environment().put("MLOPS_STATE", TestKey.in(folder.resolve("azure")).toString());
    if (output != null) {
      process.redirectOutput(output);
    }
    return process.start();
  }

  private static String read(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }
}
