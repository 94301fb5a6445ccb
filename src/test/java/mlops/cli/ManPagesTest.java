package mlops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.emulator.run.process.Machine;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual that packaging writes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ManPagesTest {
  @TempDir Path folder;
  private Path pages;

  @BeforeEach
  void write() {
    pages = folder.resolve("man1");
    Transcript mlops = Transcript.of(folder.resolve("state"));
    assertEquals(0, mlops.run("man-pages", pages.toString()), mlops::err);
  }

  private List<String> all() throws IOException {
    try (Stream<Path> files = Files.list(pages)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  @Test
  void each_command_has_a_page_with_its_options_and_examples() throws IOException {
    for (String name :
        List.of("mlops", "mlops-train", "mlops-local-serve", "mlops-local-data-add")) {
      assertTrue(Files.exists(pages.resolve(name + ".1")), name);
    }
    assertTrue(
        all().stream().noneMatch(page -> page.contains("complete.") || page.contains("-man-")));
    String train = Files.readString(pages.resolve("mlops-train.1"));
    assertTrue(train.contains("\n.TP\n\\fB\\-\\-set\\fR=KEY=VALUE\nPut a value in"), train);
    assertTrue(train.contains("\\fBmlops train \\-\\-no\\-wait\\fR\n"), train);
    assertTrue(Files.readString(pages.resolve("mlops.1")).contains(".SH EXIT STATUS\n"));
  }

  @Test
  void groff_sets_all_of_them_without_a_warning() throws IOException, InterruptedException {
    Optional<Path> groff = Machine.program("groff");
    Assumptions.assumeTrue(groff.isPresent(), "groff is not installed");
    List<String> words =
        new ArrayList<>(List.of(groff.get().toString(), "-ww", "-man", "-Tutf8", "-z"));
    words.addAll(all());
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    assertEquals("", new String(process.getInputStream().readAllBytes(), UTF_8));
    assertEquals(0, process.waitFor());
  }
}
