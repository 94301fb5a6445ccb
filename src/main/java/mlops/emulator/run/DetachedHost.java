package mlops.emulator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import mlops.emulator.run.process.HostLog;
import mlops.emulator.run.process.HostVariables;
import mlops.emulator.run.process.Machine;
import mlops.emulator.run.record.JobId;
import mlops.emulator.run.record.RunnerServices;
import mlops.emulator.run.record.RunnerSettings;
import mlops.emulator.serve.JobMark;

/** Runs each job in a Java process of its own, which outlives this one and its terminal. */
final class DetachedHost implements JobLauncher {
  private final RunnerServices services;
  private final List<String> command;

  /**
   * @param command the command line of such a process, to which are added how close its Python
   *     environment is to be, where Spark runs, and the id of the job
   */
  DetachedHost(RunnerServices services, List<String> command) {
    this.services = services;
    this.command = List.copyOf(command);
  }

  @Override
  public BooleanSupplier start(JobId job) {
    Path log = HostLog.of(services.folder(job)).file();
    try {
      Files.createDirectories(services.state().folder().resolve(".jobs"));
      ProcessBuilder builder = new ProcessBuilder(line(job));
      builder.redirectErrorStream(true).redirectInput(Machine.nothing());
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().keySet().removeIf(variable -> !HostVariables.allows(variable));
      builder.environment().put(JobMark.HOST, job.name());
      return builder.start()::isAlive;
    } catch (IOException e) {
      services
          .run(job, job.name())
          .fail("InternalError", "The process of the job could not be started: " + e.getMessage());
      return () -> false;
    }
  }

  /** Ctrl-C and the end of the terminal reach a process group; this process leaves the group. */
  private List<String> line(JobId job) {
    List<String> line = new ArrayList<>();
    if (Machine.program("setsid").isPresent()) {
      line.add("setsid");
    } else if (!Machine.isWindows()) {
      line.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP QUIT; exec \"$@\"", "sh"));
    }
    line.addAll(command);
    RunnerSettings settings = services.settings();
    line.addAll(List.of(settings.match().name(), settings.sparkMaster(), job.id()));
    return line;
  }

  @Override
  public void close() {
    // these processes are meant to outlive this one
  }
}
