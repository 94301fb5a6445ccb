package mlops.cli;

import java.nio.file.Path;
import mlops.azure.AzureConnection;
import mlops.profile.Profile;

/** Picks the Azure that a profile means. */
public interface Connector {

  /**
   * How to reach it.
   *
   * @param state the folder of the local Azure's state; the public cloud does not use it
   */
  AzureConnection to(Profile profile, Path state);
}
