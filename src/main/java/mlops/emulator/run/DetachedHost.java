package mlops.emulator.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import mlops.emulator.run.process.Machine;
import mlops.emulator.run.record.HashedNames;
import mlops.emulator.run.record.JobHosts;
import mlops.emulator.run.record.JobId;
import mlops.emulator.run.record.RunnerServices;

/** Runs each job in a Java process of its own, which outlives this one and its terminal. */
final class DetachedHost implements JobHost {
  private static final Pattern SECRET =
      Pattern.compile(
          "^(AZURE|ARM|AWS|GOOGLE)_|SECRET|PASSWORD|PASSWD|TOKEN|CREDENTIAL|CONNECTION_STRING|_KEY$",
          Pattern.CASE_INSENSITIVE);

  private final RunnerServices services;
  private final List<String> command;

  /**
   * @param command the command line of such a process, to which the id of the job is added
   */
  DetachedHost(RunnerServices services, List<String> command) {
    this.services = services;
    this.command = List.copyOf(command);
  }

  @Override
  public void start(JobId job) {
    JobHosts hosts = new JobHosts(services.state());
    hosts.claim(job, ProcessHandle.current()); // until the other process is there
    Path log = services.folder(job).resolveSibling(HashedNames.ofId(job.id()) + ".log");
    try {
      Files.createDirectories(services.state().folder().resolve(".jobs"));
      ProcessBuilder builder = new ProcessBuilder(line(job));
      builder.redirectErrorStream(true).redirectInput(Machine.nothing());
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().keySet().removeIf(DetachedHost::isSecret); // a job can look at its host
      hosts.claim(job, builder.start().toHandle());
    } catch (IOException e) {
      throw new UncheckedIOException("the process of the job could not be started", e);
    }
  }

  /** What users keep logins in: nothing in the embedded Azure asks for any of it. */
  static boolean isSecret(String variable) {
    return SECRET.matcher(variable).find();
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
    line.add(job.id());
    return line;
  }

  @Override
  public void close() {
    // these processes are meant to outlive this one
  }
}
