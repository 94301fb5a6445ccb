package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the session that the README shows. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RecordedSessionTest {
  private static final Path SESSION = Path.of("docs/session");

  @TempDir Path folder;

  @Test
  void each_command_works_and_is_in_the_picture() throws IOException {
    Site site = Site.tiny(folder);
    String picture = Files.readString(SESSION.resolve("session.svg"));
    List<String> commands =
        Files.readAllLines(SESSION.resolve("session.txt")).stream()
            .filter(line -> line.startsWith("./mlops "))
            .toList();
    assertTrue(commands.size() > 3, commands::toString);
    for (String command : commands) {
      assertEquals(0, site.run(command.substring("./mlops ".length()).split(" ")), site::said);
      assertTrue(picture.contains(">$ " + command + "</text>"), command);
    }
  }
}
