package mlops;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a process that runs one job of the local Azure and outlives this one. */
final class JobProcess {

  /** This Java with this class path; the id of the job comes last. */
  static List<String> command(Path state, String subscription) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(sharedClasses());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "mlops.Main"));
    command.addAll(List.of("local", "run-job", "--state", state.toString()));
    command.addAll(List.of("--subscription", subscription));
    return command;
  }

  /** The launcher's archive of classes, where this process was started with one. */
  private static List<String> sharedClasses() {
    String[] arguments = ProcessHandle.current().info().arguments().orElse(new String[0]);
    List<String> found = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith("-XX:SharedArchiveFile=")
          || argument.startsWith("-Xshare:")
          || argument.startsWith("-Xlog:")) {
        found.add(argument);
      }
    }
    return found;
  }

  private JobProcess() {}
}
