package mlops.cli;

import com.azure.core.http.HttpClient;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import mlops.azure.AzureConnection;
import mlops.profile.Profile;

/** Picks the Azure that a profile means. */
public interface Connector {

  /**
   * How to reach it.
   *
   * @param state the folder of the local Azure's state; the public cloud does not use it
   * @param wire goes around the transport, for a trace of what is sent
   */
  AzureConnection to(Profile profile, Path state, UnaryOperator<HttpClient> wire);
}
