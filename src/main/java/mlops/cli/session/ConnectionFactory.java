package mlops.cli.session;

import com.azure.core.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import mlops.azure.AzureConnection;
import mlops.profile.Profile;

/** Picks the Azure that a profile means. */
public interface ConnectionFactory {

  /**
   * How to reach it.
   *
   * @param state the folder of the local Azure's state; the public cloud does not use it
   * @param faults what is to go wrong in the local Azure
   * @param wire goes around the transport, for a trace of what is sent
   */
  AzureConnection to(
      Profile profile, Path state, FaultTally faults, UnaryOperator<HttpClient> wire);

  /**
   * The command line of a process that runs one job of the local Azure and outlives this one; the
   * id of the job is added to it.
   */
  List<String> jobProcess(Path state, String subscription);
}
