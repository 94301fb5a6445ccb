package mlops.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/** Asks the user something while a run waits for the answer. */
public final class Question {
  private final Console console;
  private volatile boolean open;

  public Question(Console console) {
    this.console = console;
  }

  /** Whether an answer is awaited now. */
  public boolean isOpen() {
    return open;
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
    if (!console.live()) {
      return false;
    }
    open = true;
    try {
      console.err().print(question + " [y/N] ");
      console.err().flush();
      String answer = new BufferedReader(console.in()).readLine();
      if (answer == null) {
        console.err().println(); // the cursor still stands behind the question
        console.err().flush();
      }
      return answer != null && Set.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
    } catch (IOException e) {
      return false; // nobody can answer
    } finally {
      open = false;
    }
  }
}
