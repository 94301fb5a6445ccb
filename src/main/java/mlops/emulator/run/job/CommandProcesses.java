package mlops.emulator.run.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.process.Machine;
import mlops.emulator.run.python.PythonPrograms;
import mlops.emulator.run.record.JobFailure;

/** The processes that a command becomes, which start together, and end where one of them fails. */
public final class CommandProcesses {
  private static final Duration FOREVER = Duration.ofDays(365);
  private static final Duration LOOK = Duration.ofMillis(50);

  /** The exit code of a shell that does not find a program. */
  private static final int NOT_FOUND = 127;

  private final Job job;
  private final CommandTask task;
  private final JobFolder folder;
  private final Distribution distribution;

  public CommandProcesses(Job job, CommandTask task, JobFolder folder) {
    this.job = job;
    this.task = task;
    this.folder = folder;
    this.distribution = task.distribution();
  }

  /**
   * Runs a command to its end.
   *
   * @param line the command with its values put in
   * @param variables of all processes
   * @throws JobFailure where one failed, or they took too long
   */
  public void run(String line, PythonPrograms python, Map<String, String> variables) {
    long notes = folder.logSize();
    List<Map<String, String>> own = distribution.variables();
    boolean mpi = distribution.kind() == Distribution.Kind.MPI;
    String command = mpi ? mpi(line, python) : line;
    List<JobControl.Held> held = new ArrayList<>();
    try {
      for (int rank = 0; rank < (mpi ? 1 : own.size()); rank++) {
        Map<String, String> all = new LinkedHashMap<>(variables);
        own.get(rank).forEach(all::putIfAbsent);
        held.add(
            job.control()
                .hold(job.machine().start(command, folder, rank, python.environment(), all)));
      }
      await(held, notes, python.instead());
    } finally {
      held.forEach(JobControl.Held::close);
      folder.reclaim(distribution.processes());
    }
  }

  /** Starts all processes of a command by the MPI of the environment or the machine. */
  private String mpi(String line, PythonPrograms python) {
    Path mpirun =
        Optional.of(Path.of(python.programs(), "mpirun"))
            .filter(Files::isExecutable)
            .or(() -> Machine.program("mpirun"))
            .orElseThrow(
                () ->
                    new JobFailure(
                        "NotImplemented",
                        "The embedded Azure runs jobs with a distribution of type mpi by mpirun, and there is none in the job's environment or on the PATH of this machine. Install one (on Debian openmpi-bin), or add the package openmpi to the environment."));
    String rank =
        "r=${OMPI_COMM_WORLD_RANK:-$PMI_RANK}; l=%s; [ \"$r\" = 0 ] || l=%s; exec bash -c \"$0\" >> \"$l\" 2>&1"
            .formatted(folder.log(), folder.log(1).toString().replaceFirst("1\\.txt$", "\\$r.txt"));
    return "export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1 PRTE_MCA_rmaps_default_mapping_policy=:oversubscribe\nexec %s -np %d bash -c %s %s"
        .formatted(mpirun, distribution.processes(), quoted(rank), quoted(line));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private void await(List<JobControl.Held> held, long notes, String image) {
    Duration most = task.timeout().orElse(FOREVER);
    long end = System.nanoTime() + most.toNanos();
    boolean going = true;
    while (going) {
      going = false;
      for (int rank = 0; rank < held.size(); rank++) {
        OptionalInt code = held.get(rank).process().waitFor(LOOK);
        job.control().check();
        if (code.isPresent() && code.getAsInt() != 0) {
          throw failed(rank, code.getAsInt(), notes, image);
        }
        going |= code.isEmpty() && distribution.isAwaited(rank);
      }
      if (going && System.nanoTime() > end) {
        throw JobFailure.quoting(
            "Execution failed. The job ran longer than its limit of %d s and was ended (limits.timeout)."
                .formatted(most.toSeconds()),
            "Last lines of %s: %s".formatted(distribution.log(0), folder.tail(0, 10, notes)));
      }
    }
  }

  /**
   * @param notes how much of the first log is ours: what a failure quotes starts behind it
   * @param image that was not there, if one was asked for
   */
  private JobFailure failed(int rank, int code, long notes, String image) {
    String missing =
        code == NOT_FOUND && !image.isEmpty()
            ? " A program was not found: %s was not built, for the embedded Azure runs no containers. Install the program on this machine, or name its package in a conda file."
                .formatted(image)
            : "";
    return JobFailure.quoting(
        "Execution failed. User process '%s' exited with status code %d. Please check log file '%s' for error details.%s"
            .formatted(program(), code, distribution.log(rank), missing),
        "Error: " + folder.tail(rank, 10, rank == 0 ? notes : 0));
  }

  private String program() {
    String first = task.command().strip().split("\\s+", 2)[0];
    return first.substring(first.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}
