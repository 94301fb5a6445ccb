package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mlops.cli.about.CommandExamples;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The examples that help and man pages show are read by the real command line. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandExamplesTest {
  private final CommandLine mlops = WholeCommandLine.unheard();

  private static List<CommandLine> below(CommandLine command) {
    List<CommandLine> all = new ArrayList<>(List.of(command));
    command.getSubcommands().values().stream()
        .filter(one -> !one.getCommandSpec().usageMessage().hidden())
        .forEach(one -> all.addAll(below(one)));
    return all;
  }

  @Test
  void every_command_has_two_or_three_and_each_is_one_of_it() {
    for (CommandLine command : below(mlops)) {
      String name = command.getCommandSpec().qualifiedName();
      List<CommandExamples.Example> examples = CommandExamples.of(name.replaceFirst("^mlops ", ""));
      assertTrue(
          examples.size() == 2 || examples.size() == 3,
          name + " needs two or three in mlops/help/examples.txt");
      for (CommandExamples.Example example : examples) {
        assertTrue(example.line().startsWith(name + " ") || example.line().equals(name), name);
      }
    }
  }

  @Test
  void each_is_understood_as_it_is_written() {
    for (CommandLine command : below(mlops)) {
      String name = command.getCommandSpec().qualifiedName().replaceFirst("^mlops ", "");
      for (CommandExamples.Example example : CommandExamples.of(name)) {
        String[] words = example.line().split(" ");
        String[] given = Arrays.copyOfRange(words, 1, words.length);
        CommandLine.ParseResult read = assertNotNullParsed(given);
        assertFalse(read.originalArgs().isEmpty() && given.length > 0, example::line);
      }
    }
  }

  private CommandLine.ParseResult assertNotNullParsed(String... words) {
    CommandLine.ParseResult read = mlops.parseArgs(words); // throws what it does not understand
    assertNotNull(read.subcommand(), () -> String.join(" ", words) + " names no command");
    return read;
  }
}
