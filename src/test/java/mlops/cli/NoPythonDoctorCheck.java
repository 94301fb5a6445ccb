package mlops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlops.Program;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops doctor} on a machine where the folders of programs are empty. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@EnabledOnOs(OS.LINUX)
class NoPythonDoctorCheck {
  private static final String HIDE =
      "mount -t tmpfs t /usr/local/bin && mount -t tmpfs t /opt && mount -t tmpfs t /usr/bin && exec \"$@\"";

  @Test
  void neither_python_nor_a_shell_is_there(@TempDir Path folder)
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        "root".equals(System.getProperty("user.name"))
            && new ProcessBuilder("unshare", "-m", "true").start().waitFor() == 0,
        "no right to hide the programs of the machine");
    Assumptions.assumeFalse(
        System.getProperty("java.home").startsWith("/opt"), "Java would be hidden, too");
    List<String> line = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", HIDE, "sh"));
    List<String> mlops = Program.mlops("doctor", "--state", folder.resolve("azure").toString());
    mlops.add(1, "-Duser.home=" + folder); // where pyenv and uv keep others
    line.addAll(mlops);
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PYENV"));
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("HOME", folder.toString());
    Process doctor = builder.start();
    String said = new String(doctor.getInputStream().readAllBytes(), UTF_8);
    assertEquals(1, doctor.waitFor(), said);
    assertTrue(said.contains("✗ python     no Python 3 runs here"), said);
    assertTrue(said.contains("→ Install Python 3.9 or newer"), said);
    assertTrue(said.contains("✗ shell      no bash is here"), said);
  }
}
