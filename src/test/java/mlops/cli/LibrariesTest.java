package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import mlops.Program;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The processes of tests start with an archive of the classes that they need. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public final class LibrariesTest {
  /** What Linux tells a process of its own command line at most. */
  private static final int PAGE = 4096;

  /**
   * Loads what processes of tests load most: the classes of commands, of a training, of its job.
   *
   * @param arguments a folder to work in
   */
  public static void main(String[] arguments) {
    Site site = Site.tiny(Path.of(arguments[0]));
    List.of("bootstrap", "train").forEach(site::run);
    System.exit(0);
  }

  /** The host of a job is started with the archive of the process that starts it. */
  @Test
  void a_process_can_read_the_archive_in_its_own_command_line() {
    String line = String.join(" ", Program.mlops());
    assertTrue(line.contains("-XX:SharedArchiveFile="), line);
    assertTrue(line.getBytes(StandardCharsets.UTF_8).length < PAGE - 512, line);
  }
}
