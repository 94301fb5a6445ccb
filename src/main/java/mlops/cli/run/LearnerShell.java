package mlops.cli.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mlops.cli.session.RootCommand;
import mlops.cli.session.Session;
import mlops.cli.session.Shell;
import mlops.profile.Profile;

/**
 * Lines of az for somebody who learns, in his own shell: on the embedded Azure by {@code mlops
 * local exec}, which logs az in there, else with az as it is.
 */
record LearnerShell(Session session, RootCommand mlops) {
  private static final boolean WINDOWS = Shell.ofThisSystem() == Shell.POWERSHELL;

  /** Runs a line; what it says goes to the terminal. */
  void run(String line) {
    say("$ " + line);
    start(
        WINDOWS
            ? List.of("powershell", "-NoProfile", "-Command", line)
            : List.of("bash", "-c", line));
  }

  /** A shell of the user's, until he leaves it. */
  void open() {
    String shell = session.environment().variables().getOrDefault("SHELL", "bash");
    say("A shell with az logged in to this Azure; exit comes back here.");
    start(List.of(WINDOWS ? "powershell" : shell));
  }

  private void start(List<String> command) {
    boolean local = session.profile().cloud() == Profile.Cloud.LOCAL;
    int exitCode = local ? locally(command) : plainly(command);
    if (exitCode != 0) {
      say("It ended with exit code %d.".formatted(exitCode));
    }
  }

  private int locally(List<String> command) {
    List<String> words = new ArrayList<>(List.of("local", "exec"));
    words.addAll(session.options().same());
    words.add("--");
    words.addAll(command);
    return mlops.another(words.toArray(String[]::new));
  }

  private int plainly(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    Map<String, String> variables = builder.environment();
    variables.clear();
    variables.putAll(session.environment().variables());
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      say("%s cannot be started: %s".formatted(command.get(0), e.getMessage()));
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private void say(String line) {
    PrintWriter err = session.console().err();
    err.println(session.console().style().dim(line));
    err.flush();
  }
}
