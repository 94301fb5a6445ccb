package mlops.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import mlops.error.MlopsException;

/** Asks the user something while a run waits for the answer. */
public final class Question {
  private static final String CLEAR_LINE = "\r\u001b[2K"; // of the ^C that the terminal shows

  private final Console console;
  private final BufferedReader in;
  private volatile boolean open;
  private volatile boolean idle;

  public Question(Console console) {
    this.console = console;
    this.in = new BufferedReader(console.in());
  }

  /** Whether an answer is awaited now. */
  public boolean isOpen() {
    return open;
  }

  /** Whether the command waits for the user alone, and has nothing else under way. */
  public boolean isIdle() {
    return idle;
  }

  /**
   * The same after a Ctrl-C, when the JVM hears no other one: that the user presses it again, who
   * is in a hurry, must not be lost. So it reaches the program as the end of the input, which means
   * no.
   */
  public boolean yesAfterInterrupt(String question) {
    if (!console.live()) {
      return false;
    }
    console.exactErr().print(CLEAR_LINE);
    String settings = Terminal.stty("-g");
    Terminal.stty("intr undef eof ^C");
    try {
      return yes(question);
    } finally {
      Terminal.stty(settings);
    }
  }

  /** Whether somebody is there and says yes. */
  public boolean yes(String question) {
    return console.live()
        && answer(question + " [y/N] ")
            .filter(a -> Set.of("y", "yes").contains(a.toLowerCase(Locale.ROOT)))
            .isPresent();
  }

  /**
   * What the user says to a question.
   *
   * @param otherwise what an empty answer means
   * @param option what says it on the command line
   * @throws MlopsException INVALID where nobody is there to answer
   */
  private String text(String question, String otherwise, String option) {
    return Optional.of(console.live())
        .filter(live -> live)
        .flatMap(live -> answer("%s [%s] ".formatted(question, otherwise)))
        .map(answer -> answer.isEmpty() ? otherwise : answer)
        .orElseThrow(
            () ->
                MlopsException.invalid(
                    "nobody answered: " + question,
                    "Run it in a terminal, or say it by %s.".formatted(option)));
  }

  /**
   * The same, again and again until it is right: what is wrong with an answer is told.
   *
   * @param meaning makes something of an answer, or refuses it
   */
  public <T> T until(
      String question, String otherwise, String option, Function<String, T> meaning) {
    while (true) {
      String said = text(question, otherwise, option);
      try {
        return meaning.apply(said);
      } catch (MlopsException e) {
        console.err().println("✗ " + e.message());
        console.err().println("  → " + e.hint());
      }
    }
  }

  /**
   * What the user says while nothing else is under way; empty where the input has ended.
   *
   * @param question what stands before the answer
   */
  public Optional<String> between(String question) {
    idle = true;
    try {
      return answer(question);
    } finally {
      idle = false;
    }
  }

  /** A line, without spaces around it; empty where the input has ended. */
  private Optional<String> answer(String question) {
    open = true;
    try {
      console.err().print(question);
      console.err().flush();
      String answer = in.readLine();
      if (answer == null) {
        console.err().println(); // the cursor still stands behind the question
        console.err().flush();
      }
      return Optional.ofNullable(answer).map(String::strip);
    } catch (IOException e) {
      return Optional.empty(); // nobody can answer
    } finally {
      open = false;
    }
  }
}
