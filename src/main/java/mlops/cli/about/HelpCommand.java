package mlops.cli.about;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import mlops.cli.session.FailureRenderer;
import mlops.error.MlopsException;
import mlops.yaml.SpellingSuggestion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops help COMMAND}: the same as its {@code --help}. */
@Command(name = "help", description = "Shows what mlops, or one of its commands, takes.")
public final class HelpCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "The words of a command, such as local serve; none for all of them.")
  List<String> words = new ArrayList<>();

  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).root().commandLine();
    for (String word : words) {
      CommandLine next = command.getSubcommands().get(word);
      if (next == null) {
        throw unknown(command, word);
      }
      command = next;
    }
    command.usage(command.getOut());
    command.getOut().flush();
    return 0;
  }

  private static MlopsException unknown(CommandLine command, String word) {
    String name = command.getCommandSpec().qualifiedName();
    return MlopsException.invalid(
        "%s has no command '%s'".formatted(name, word),
        SpellingSuggestion.wayOut(
            word,
            FailureRenderer.visible(command),
            "`%s --help` shows what it takes.".formatted(name)));
  }
}
