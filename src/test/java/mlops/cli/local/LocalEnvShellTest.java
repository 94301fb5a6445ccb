package mlops.cli.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mlops.cli.session.Shell;
import mlops.emulator.run.process.Machine;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a folder is called, a shell that reads the lines gets exactly that, and runs nothing.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LocalEnvShellTest {
  private static final String VALUE =
      "/it's \u2019; `date` $(date) $HOME \"a\" \\' \\n %d \u2018é/\n-Dx=1";

  @TempDir Path folder;

  @Test
  void sh_reads_what_was_meant() throws Exception {
    assertEquals(VALUE, read("sh", Shell.BASH.set("TAKEN", VALUE)));
  }

  @Test
  void bash_reads_what_was_meant() throws Exception {
    assertEquals(VALUE, read("bash", Shell.BASH.set("TAKEN", VALUE)));
  }

  @Test
  void fish_reads_what_was_meant() throws Exception {
    assertEquals(VALUE, read("fish", Shell.FISH.set("TAKEN", VALUE)));
  }

  /** By the language: in a literal of single quotes two of them stand for one, also curled ones. */
  @Test
  void powershell_is_given_each_kind_of_single_quote_twice() {
    assertEquals("$env:A = 'it''s $x'", Shell.POWERSHELL.set("A", "it's $x"));
    assertEquals(
        "$env:A = '\u2018\u2018\u2019\u2019\u201a\u201a\u201b\u201b; rm \\'",
        Shell.POWERSHELL.set("A", "\u2018\u2019\u201a\u201b; rm \\"));
  }

  /** By a file, for arguments are in whatever letters the machine has. */
  private String read(String shell, String line) throws IOException, InterruptedException {
    Optional<Path> found = Machine.program(shell);
    Assumptions.assumeTrue(found.isPresent(), shell + " is not installed");
    Path script = Files.writeString(folder.resolve("script"), line + "\nprintenv TAKEN\n");
    Process process =
        new ProcessBuilder(found.orElseThrow().toString(), script.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor());
    return printed.substring(0, printed.length() - 1);
  }
}
