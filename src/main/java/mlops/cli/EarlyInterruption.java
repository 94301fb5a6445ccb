package mlops.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import mlops.cli.session.FailureRenderer;
import mlops.cli.session.GlobalOptions;
import mlops.cli.session.Interruption;
import mlops.cli.session.JsonDocument;
import mlops.cli.terminal.Console;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Ctrl-C before a run listens to it, or while a command works that has no steps: with {@code -o
 * json} there is a document then, too. It knows no more than the words of the command line.
 */
public final class EarlyInterruption implements AutoCloseable {
  private final Console console;
  private final String[] words;

  private EarlyInterruption(Console console, String[] words) {
    this.console = console;
    this.words = words;
  }

  /** Starts to listen, where the command line asks for JSON. */
  public static EarlyInterruption of(Console console, String[] words) {
    EarlyInterruption early = new EarlyInterruption(console, words);
    if (FailureRenderer.asksForJson(words)) {
      Runtime.getRuntime().addShutdownHook(new Thread(early::happen, "early-interruption"));
    }
    return early;
  }

  private void happen() {
    JsonDocument document = new JsonDocument(command(), new GlobalOptions());
    document.error(Interruption.PROBLEM);
    console.document().printEarly(() -> document.write(console.out()));
  }

  /** The words of the command: those that are neither options nor their values. */
  private String command() {
    Set<String> withValue = withValue();
    List<String> found = new ArrayList<>();
    for (int i = 0; i < words.length && !words[i].equals("--"); i++) {
      boolean value = i > 0 && withValue.contains(words[i - 1]);
      boolean more = found.isEmpty() || found.equals(List.of("local"));
      if (more && !value && !words[i].startsWith("-")) {
        found.add(words[i]);
      }
    }
    return String.join(" ", found);
  }

  /** The options whose next word is their value, as far as they may stand before a command. */
  private static Set<String> withValue() {
    return CommandSpec.forAnnotatedObject(new GlobalOptions()).options().stream()
        .filter(option -> option.arity().max() > 0)
        .flatMap(option -> Arrays.stream(option.names()))
        .collect(Collectors.toSet());
  }

  /** The command has reported its end: the process may exit. */
  @Override
  public void close() {
    console.document().endEarly();
  }
}
