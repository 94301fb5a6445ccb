package mlops.emulator.run.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import mlops.emulator.http.Router;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.serve.Backend;
import mlops.emulator.serve.LoopbackServer;
import mlops.emulator.serve.RequestLog;
import mlops.emulator.serve.ServiceLog;
import mlops.emulator.serve.UserLogins;
import mlops.emulator.serve.tls.HostTls;
import mlops.emulator.serve.wire.ServeLimits;
import mlops.emulator.state.StateTree;

/**
 * The HTTPS proxy of one job, by which libraries of Azure reach the embedded one under the names
 * that they know, and all else is as it was. Who somebody is says the token of a request, as ever:
 * the proxy gives nobody a right.
 */
final class JobProxy implements AutoCloseable {
  private static final int CONNECTIONS = 1024;

  /** MLflow's endpoint and the tokens of identities, which are asked without TLS. */
  private static final String AROUND = "127.0.0.1,localhost";

  private final LoopbackServer server;
  private final JobDestinations destinations;
  private final Map<String, String> machine;

  private JobProxy(
      LoopbackServer server, JobDestinations destinations, Map<String, String> machine) {
    this.server = server;
    this.destinations = destinations;
    this.machine = machine;
  }

  /**
   * Begins to listen.
   *
   * @param router answers for the hosts of Azure; made at the first request
   * @param user the variables of the user of this machine, which tell of proxies and certificates
   */
  static JobProxy open(
      StateTree state, Supplier<Router> router, Clock clock, Map<String, String> user)
      throws IOException {
    JobDestinations destinations = new JobDestinations(new EmbeddedHostNames(state));
    LoopbackServer server =
        LoopbackServer.start(
            HostTls.of(state),
            new UserLogins(Backend.of(router), () -> true),
            destinations,
            0,
            ServeLimits.defaults().ofFleeting(CONNECTIONS),
            new RequestLog(ServiceLog.in(state)::line, clock));
    boolean outside = user.getOrDefault("SSL_CERT_FILE", "").equals(server.caFile().toString());
    // those of local env lead to the local Azure alone, and a job has a way of its own
    return new JobProxy(server, destinations, outside ? Map.of() : user);
  }

  /**
   * Lets the processes of a run in.
   *
   * @param secret what they show
   * @param folder of the run, where the certificates are laid that they are to trust
   * @param given variables that the run has; what they say of proxies and certificates still counts
   * @return the variables by which they find the proxy, in place of the given ones
   */
  Map<String, String> admit(String secret, JobFolder folder, Map<String, String> given)
      throws IOException {
    String user = "job:" + secret;
    destinations.admit(user, Upstream.of(given).or(Upstream.of(machine)));
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name : List.of("HTTPS_PROXY", "https_proxy")) {
      variables.put(name, "http://%s@127.0.0.1:%d".formatted(user, server.port()));
    }
    String around = Upstream.first(given, "no_proxy").map(own -> own + ",").orElse("") + AROUND;
    for (String name : List.of("NO_PROXY", "no_proxy")) {
      variables.put(name, around);
    }
    String authority = Files.readString(server.caFile());
    variables.putAll(new CertificateBundles(folder, authority).variables(given, machine));
    return variables;
  }

  @Override
  public void close() {
    server.close();
  }
}
