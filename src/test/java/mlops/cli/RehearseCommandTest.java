package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mlops.emulator.TestKey;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mlops github rehearse} refuses before it begins. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RehearseCommandTest {
  @TempDir Path folder;

  @Test
  void what_cannot_be_rehearsed_is_told_with_the_way_out() throws IOException {
    Transcript mlops = Transcript.of(TestKey.in(folder.resolve("azure")));
    Path file = folder.resolve(".github/workflows/ci.yml");
    String rehearse = "github rehearse --workflow " + file;

    refuses(mlops, rehearse, "There is no workflow", "mlops github workflow");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "on: push\njobs: {a: {runs-on: x, steps: [{run: 'true', of: 1}]}}\n");
    refuses(mlops, rehearse, "ci.yml:2:46 unknown key of", "Fix the lines");
    Files.writeString(file, "on: push\njobs: {a: {runs-on: x, steps: [{run: 'true'}]}}\n");
    refuses(mlops, rehearse, "No repository of the local GitHub", "mlops github connect --repo");
    refuses(mlops, rehearse + " --repo me/x", "no repository me/x", "octo-org/taxi");
    refuses(mlops, rehearse + " --approve-as a/b", "--approve-as is", "a login such as mona");
    refuses(mlops, rehearse + " --cloud azure", "not about --cloud azure", "Leave out");
    Path elsewhere = Files.copy(file, folder.resolve("ci.yml"));
    refuses(mlops, "github rehearse --workflow " + elsewhere, "does not lie in", "Put it there");
  }

  private static void refuses(Transcript mlops, String words, String what, String wayOut) {
    assertEquals(2, mlops.run(words.split(" ")), mlops::err);
    assertTrue(mlops.err().contains(what), mlops::err);
    assertTrue(mlops.err().contains(wayOut), mlops::err);
  }
}
