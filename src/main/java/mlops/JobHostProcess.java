package mlops;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.run.record.EnvironmentMatch;

/**
 * A process that runs one job of the local Azure and outlives the one that started it. It starts
 * without the command line of mlops, which costs more than most of what it does.
 */
final class JobHostProcess {

  /**
   * Runs a job to its end; what goes wrong is in its run.
   *
   * @param arguments the state, the subscription, and what {@link #command} leaves open
   */
  public static void main(String[] arguments) {
    Path state = Path.of(arguments[0]);
    String subscription = arguments[1];
    EmbeddedAzure.runJob(
        state,
        EmbeddedAzureOptions.defaults()
            .withSubscription(subscription)
            .withJobProcess(command(state, subscription)) // of a job that the job submits
            .withMatch(EnvironmentMatch.valueOf(arguments[2]))
            .withSparkMaster(arguments[3]),
        arguments[4]);
  }

  /**
   * This Java with this class path; how close environments are to be, where Spark runs, and the id
   * of the job come last.
   */
  static List<String> command(Path state, String subscription) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(sharedClasses());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), JobHostProcess.class.getName()));
    command.addAll(List.of(state.toString(), subscription));
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

  private JobHostProcess() {}
}
