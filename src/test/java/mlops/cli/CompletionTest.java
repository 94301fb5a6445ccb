package mlops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mlops.Program;
import mlops.emulator.run.process.Machine;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of completion in the shells themselves, as somebody presses Tab. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CompletionTest {
  @TempDir Path folder;

  private String script(String shell) {
    Transcript mlops = Transcript.of(folder.resolve("state"));
    assertEquals(0, mlops.run("completion", shell), mlops::err);
    assertFalse(Pattern.compile("@[A-Z_]+@").matcher(mlops.out()).find(), mlops::out);
    return mlops.out();
  }

  /** What a shell offers behind a line, in the order of the alphabet. */
  private List<String> offered(String shell, String line, Function<String, List<String>> read)
      throws IOException, InterruptedException {
    Path harness = Path.of("src/test/resources/completion").toAbsolutePath();
    List<String> command =
        switch (shell) {
          case "bash" -> List.of("bash", "--norc", harness + "/bash.sh");
          case "fish" -> List.of("fish", "--no-config", harness + "/fish.fish");
          default -> List.of("zsh", "-f", harness + "/zsh.zsh");
        };
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of(folder.resolve("script." + shell).toString(), line));
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    builder.environment().put("HOME", folder.toString());
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
    return List.copyOf(new TreeSet<>(read.apply(said)));
  }

  private static List<String> lines(String said) {
    return said.lines().filter(line -> !line.isBlank()).toList();
  }

  private static List<String> inBraces(String said) {
    return Pattern.compile("\\{([^{}]*)}").matcher(said).results().map(m -> m.group(1)).toList();
  }

  private void completes(String shell, Function<String, List<String>> read) throws Exception {
    Optional<Path> found = Machine.program(shell);
    Assumptions.assumeTrue(found.isPresent(), shell + " is not installed");
    Files.writeString(folder.resolve("script." + shell), script(shell));
    Site.sample(folder);
    String call = Program.mlops().stream().map("'%s'"::formatted).collect(Collectors.joining(" "));
    Path mlops =
        Files.writeString(folder.resolve("mlops"), "#!/bin/sh\nexec %s \"$@\"\n".formatted(call));
    assertTrue(mlops.toFile().setExecutable(true));
    assertEquals(List.of("jobs"), offered(shell, "mlops jo", read));
    assertEquals(List.of("--no-wait"), offered(shell, "mlops train --no-w", read));
    assertEquals(List.of("azure", "local"), offered(shell, "mlops status --cloud ", read));
    assertEquals(
        List.of("connect", "disconnect", "doctor", "rehearse", "status", "workflow"),
        offered(shell, "mlops --suffix x github ", read));
    assertEquals(
        List.of("prod", "test"),
        offered(shell, "mlops --suffix x promote --to ", read),
        "the environments of the profile here");
  }

  @Test
  void bash_completes_commands_options_and_what_the_profile_says() throws Exception {
    completes("bash", CompletionTest::lines);
  }

  @Test
  void fish_completes_commands_options_and_what_the_profile_says() throws Exception {
    completes("fish", CompletionTest::lines);
  }

  @Test
  void zsh_completes_commands_options_and_what_the_profile_says() throws Exception {
    completes("zsh", CompletionTest::inBraces);
  }

  /** No PowerShell is here: its script is looked at. */
  @Test
  void powershell_gets_each_command_with_its_options_and_balanced_brackets() {
    String script = script("powershell");
    String code = script.replaceAll("(?m)^ *#.*|'(?:[^']|'')*'|\"[^\"]*\"", "");
    for (String pair : List.of("()", "{}", "[]")) {
      long open = code.chars().filter(c -> c == pair.charAt(0)).count();
      assertEquals(open, code.chars().filter(c -> c == pair.charAt(1)).count(), pair);
    }
    assertTrue(script.contains("    'promote --to' = '@targets'"), script);
    assertTrue(script.contains("'--no-wait:Submit the job and do not follow it'"), script);
    assertTrue(script.contains("'connect:Sets up applications"), script);
    assertTrue(script.contains("Register-ArgumentCompleter -Native -CommandName mlops"), script);
  }

  @Test
  void jobs_and_versions_are_those_of_azure_and_a_wrong_profile_offers_nothing() {
    Site site = Site.tiny(folder);
    assertEquals(0, site.run("bootstrap"), site::said);
    assertEquals(0, site.run("complete", "jobs"), site::said);
    assertEquals("", site.mlops().out());
    assertEquals(0, site.run("complete", "versions"), site::said);
    assertEquals(
        0,
        site.mlops().run("complete", "stages", "--", "x", "--profile=" + site.path("mlops.yml")));
    assertTrue(site.mlops().out().contains("promote-test\n"), site::said);
    assertEquals(0, site.run("complete", "steps"), site::said);
    assertTrue(site.mlops().out().contains("compute.dev\n"), site::said);
    assertEquals(
        2, site.mlops().run("complete", "steps", "--", "--profile", "none.yml", "explain"));
    assertEquals("", site.mlops().out());
    assertEquals(2, site.mlops().run("completion", "ksh"));
    assertTrue(site.mlops().err().contains("bash, zsh, fish, powershell"), site::said);
  }
}
