package mlops.emulator.serve;

import java.util.Locale;
import java.util.Optional;
import mlops.emulator.serve.tls.AzureHosts;
import mlops.emulator.serve.wire.MalformedRequest;
import mlops.emulator.serve.wire.RequestHead;

/** The hosts of Azure and GitHub, for everybody, and no others: nothing is forwarded. */
final class AzureDestinations implements Destinations {

  @Override
  public boolean isDirectOpen() {
    return true;
  }

  @Override
  public Destination lead(RequestHead connect) throws MalformedRequest {
    String target = connect.target().toLowerCase(Locale.ROOT);
    String host = target.replaceFirst(":443$", "");
    if (host.equals(target) || !AzureHosts.contains(host)) {
      throw new MalformedRequest(
          403,
          "%s is not a host of Azure or GitHub that the local Azure stands for; nothing is forwarded."
              .formatted(target));
    }
    return new Destination(host, Optional.empty());
  }
}
