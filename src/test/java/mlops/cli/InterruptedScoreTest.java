package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in {@code mlops batch-score}: what becomes of the job, and of the next call. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterruptedScoreTest {
  /** Runs a program in a terminal; types each answer as soon as what it answers is there. */
  private static final String TERMINAL =
      """
      import os, pty, sys
      answers = [word.split("=", 1) for word in sys.argv[1].split(",")]
      pid, terminal = pty.fork()
      if pid == 0:
          os.environ["TERM"] = "xterm"
          os.execv(sys.argv[2], sys.argv[2:])
      said = seen = ""
      while True:
          try:
              data = os.read(terminal, 65536)
          except OSError:
              break
          said += data.decode(errors="replace")
          seen += data.decode(errors="replace")
          while answers and answers[0][0] in seen:
              seen = seen.split(answers[0][0], 1)[1]
              os.write(terminal, answers.pop(0)[1].replace("^C", "\\x03").encode() )
      print(said)
      sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
      """;

  private Site site;

  @BeforeAll
  void promote(@TempDir Path folder) {
    site = Site.tiny(folder);
    site.change("dev/score/score.py", "import os", "import os, time");
    String wait =
        """
        def run(mini_batch):
            end = time.time() + 60
            for name in mini_batch:
                while not os.path.exists("%s/" + os.path.basename(name)) and time.time() < end:
                    time.sleep(0.02)
        """;
    site.change(
        "dev/score/score.py", "def run(mini_batch):\n", wait.formatted(site.path("may-go-on")));
    assertEquals(0, site.run("replay", "--until", "promote-test"), site::said);
  }

  /** Lets the scoring of a file come to its end. */
  private void goOn(String file) {
    site.write("may-go-on/" + file, "");
  }

  @Test
  void without_a_terminal_the_job_goes_on_and_the_next_call_takes_its_result() throws Exception {
    Mlops score = Mlops.start(site, "batch-score", "--env", "test");
    assertTrue(score.says(Pattern.compile("score-job.test: .* Running")), score::said);
    score.signal("TERM");
    assertTrue(score.end() > 128, score::said);
    assertTrue(score.said().contains(" goes on"), score::said);
    assertTrue(score.said().contains("Run the same command again"), score::said);
    goOn("taxi-batch.csv");
    assertEquals(0, site.run("batch-score", "--env", "test", "-o", "json"), site::said);
    assertEquals("unchanged", site.outcome("invoke.test").orElseThrow(), site::said);
    assertEquals(3, site.predictions("test").size());
  }

  @Test
  void in_a_terminal_a_second_ctrl_c_leaves_the_job_alone() throws Exception {
    String said = inTerminal("seven", "7\n", " Running=^C,[y/N]=^C");
    assertTrue(said.contains(" goes on"), said);
    goOn("seven.csv");
    String input = site.path("seven").toString();
    assertEquals(
        0, site.run("batch-score", "--env", "test", "--input", input, "-o", "json"), site::said);
    assertEquals("unchanged", site.outcome("invoke.test").orElseThrow(), site::said);
    assertEquals(List.of("seven.csv 1 14.0"), site.predictions("test"));
  }

  @Test
  void in_a_terminal_the_job_is_canceled_if_the_user_says_so() throws Exception {
    String said = inTerminal("eight", "8\n", " Running=^C,[y/N]=y\n");
    assertTrue(said.contains(" is being canceled"), said);
  }

  /** Interrupts a scoring of something new. */
  private String inTerminal(String input, String rows, String answers) throws Exception {
    Signals.requireInterrupts();
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "there are no terminals here");
    site.write(input + "/" + input + ".csv", rows);
    List<String> line = new ArrayList<>(List.of("python3", "-c", TERMINAL, answers));
    line.addAll(
        Mlops.line(site, "batch-score", "--env", "test", "--input", site.path(input).toString()));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(130, process.waitFor(), said);
    return said;
  }
}
