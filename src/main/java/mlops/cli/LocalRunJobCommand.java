package mlops.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops local run-job}: what the local Azure starts for each job; not for people. */
@Command(name = "run-job", hidden = true, description = "Runs one job of the local Azure.")
final class LocalRunJobCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(index = "0", paramLabel = "ID", description = "The ARM id of the job.")
  String job = "";

  @Override
  public Integer call() {
    LocalAzure.of(MlopsCommand.of(spec)).open().runJob(job);
    return 0;
  }
}
