package mlops.emulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import mlops.Program;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batch scoring of more than fits into memory, in a process that has little of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FlatMemoryTest {
  private static final int FILES = 1000;
  private static final int LENGTH = 100_000;
  private static final String HEAP = "-Xmx32m";

  /** Gives as much as it takes. */
  private static final String COPIES =
      """
      def init(): pass
      def run(mini_batch):
          return [open(name).read() for name in mini_batch]
      """;

  @TempDir Path folder;

  /** The process with little memory: runs a job, and says how many bytes it gave. */
  public static void main(String[] args) {
    try (Rig rig = new Rig(Path.of(args[0]))) {
      rig.model("m", "word.txt", "says");
      String line = "x".repeat(LENGTH);
      for (int i = 0; i < FILES; i++) {
        rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/f%04d.txt".formatted(i), line);
      }
      rig.score("many", COPIES, "{miniBatchSize: 10, maxConcurrencyPerInstance: 2}");
      rig.await("many");
      System.out.println(
          rig.blobs.list(Rig.ACCOUNT, Rig.BLOBSTORE, "azureml/many/score/").get(0).size());
    }
  }

  @Test
  void a_thousand_files_need_no_more_memory_than_one() throws IOException, InterruptedException {
    List<String> line = Program.java(HEAP);
    line.addAll(List.of(FlatMemoryTest.class.getName(), folder.toString()));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals((long) FILES * (LENGTH + 1) + "", said.strip());
    assertEquals(0, process.waitFor(), said);
  }
}
