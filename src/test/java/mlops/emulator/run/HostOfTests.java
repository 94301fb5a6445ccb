package mlops.emulator.run;

import java.nio.file.Path;

/** A process that runs one job of a rig: what a detached host is. */
final class HostOfTests {

  public static void main(String[] arguments) {
    try (Rig rig = new Rig(Path.of(arguments[0]))) {
      new RunJob(rig.workshop).run(arguments[1]);
    }
  }

  private HostOfTests() {}
}
