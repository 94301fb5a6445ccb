package mlops.emulator.run;

/**
 * A command that does nothing for about a minute, and that no other run of tests on this machine
 * has.
 */
public record Sleep(String command) {

  public static Sleep of(int seconds) {
    return new Sleep("sleep %d.0%d".formatted(seconds, ProcessHandle.current().pid()));
  }

  public boolean isRunning() {
    return ProcessHandle.allProcesses()
        .anyMatch(p -> p.isAlive() && p.info().commandLine().orElse("").contains(command));
  }

  @Override
  public String toString() {
    return command;
  }
}
