package mlops.cli.completion;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import mlops.cli.Transcript;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CompletionValuesTest {
  @Test
  void each_command_and_option_that_is_named_exists(@TempDir Path state) {
    Transcript mlops = Transcript.of(state);
    for (String named : CompletionValues.named()) {
      String command = named.replaceFirst(" --.*", "");
      mlops.run((command + " --help").split(" "));
      assertTrue(mlops.out().startsWith("Usage: mlops " + command + " "), named);
      assertTrue(
          mlops.out().contains(named.replaceFirst("^[^-]*(?=--)", "")) || !named.contains("--"),
          named);
    }
  }
}
