package mlops.emulator.run.process;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import mlops.emulator.run.Sleep;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes that leave their parents while they are looked for. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OrphanProcessesTest {
  @TempDir Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void who_becomes_another_program_or_ends_just_then_is_not_missed() throws Exception {
    Sleep sleep = Sleep.of(64);
    String chain = "(setsid sh -c '(setsid sh -c \"(setsid " + sleep + " &)\" &)' &)";
    for (int round = 0; round < 30; round++) {
      Path note = folder.resolve("note" + round);
      ProcessBuilder shell = new ProcessBuilder("bash", "-c", chain);
      OrphanProcesses.mark(shell.environment(), note);
      shell.start().waitFor();
      OrphanProcesses.kill(OrphanProcesses.of(note));
      assertFalse(sleep.isRunning(), "round " + round);
    }
  }
}
