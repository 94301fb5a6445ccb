package mlops.emulator.run;

import java.nio.file.Path;
import java.util.List;
import mlops.Program;

/** A process that runs one job of a rig, as a detached host does, or looks whether one is lost. */
final class HostOfTests {

  public static void main(String[] arguments) {
    try (Rig rig = new Rig(Path.of(arguments[0]))) {
      if (arguments[1].equals("look")) {
        System.out.println(rig.executor.endIfLost(arguments[2]));
      } else {
        new SingleJobRun(rig.services).run(arguments[arguments.length - 1]);
      }
    }
  }

  /** The command line of such a process on the rig in a folder, without the job. */
  static List<String> command(Path folder, String... options) {
    List<String> line = Program.java(options);
    line.addAll(List.of(HostOfTests.class.getName(), folder.toString()));
    return line;
  }

  private HostOfTests() {}
}
