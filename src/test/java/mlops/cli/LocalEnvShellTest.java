package mlops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mlops.cli.LocalEnvCommand.Shell;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Whatever a folder is called, a shell that reads the lines gets exactly that, and runs nothing.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LocalEnvShellTest {
  private static final String VALUE =
      "/it's \u2019; `date` $(date) $HOME \"a\" \\' \\n %d \u2018é/\n-Dx=1";

  @Test
  void sh_reads_what_was_meant() throws Exception {
    assertEquals(VALUE, read("/bin/sh", Shell.BASH.line("TAKEN", VALUE)));
  }

  @Test
  void bash_reads_what_was_meant() throws Exception {
    assertEquals(VALUE, read("/bin/bash", Shell.BASH.line("TAKEN", VALUE)));
  }

  @Test
  void fish_reads_what_was_meant() throws Exception {
    assertEquals(VALUE, read("/usr/bin/fish", Shell.FISH.line("TAKEN", VALUE)));
  }

  /** By the language: in a literal of single quotes two of them stand for one, also curled ones. */
  @Test
  void powershell_is_given_each_kind_of_single_quote_twice() {
    assertEquals("$env:A = 'it''s $x'", Shell.POWERSHELL.line("A", "it's $x"));
    assertEquals(
        "$env:A = '\u2018\u2018\u2019\u2019\u201a\u201a\u201b\u201b; rm \\'",
        Shell.POWERSHELL.line("A", "\u2018\u2019\u201a\u201b; rm \\"));
  }

  private static String read(String shell, String line) throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of(shell)), shell + " is not installed");
    Process process =
        new ProcessBuilder(List.of(shell, "-c", line + "\nprintenv TAKEN"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor());
    return printed.substring(0, printed.length() - 1);
  }
}
