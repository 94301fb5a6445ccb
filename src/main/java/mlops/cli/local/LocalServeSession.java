package mlops.cli.local;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import mlops.azure.trace.HarTrace;
import mlops.cli.session.RootCommand;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.ml.schedule.ScheduleClock;
import mlops.emulator.serve.Backend;
import mlops.emulator.serve.LoopbackServer;
import mlops.emulator.serve.RequestLog;
import mlops.emulator.serve.ServeAddress;
import mlops.emulator.serve.ServeLock;
import mlops.emulator.serve.wire.ServeLimits;
import mlops.error.MlopsException;

/** The local Azure behind a socket, in this process, as long as it is open. */
public final class LocalServeSession implements AutoCloseable {
  private static final int USUAL_PORT = 8444;

  private final EmbeddedAzure azure;
  private final Optional<ServeLock> claim;
  private final LoopbackServer server;
  private final Optional<HarTrace> trace;
  private final Optional<ScheduleClock> schedules;

  private LocalServeSession(
      EmbeddedAzure azure,
      Optional<ServeLock> claim,
      LoopbackServer server,
      Optional<HarTrace> trace,
      Optional<ScheduleClock> schedules) {
    this.schedules = schedules;
    this.azure = azure;
    this.trace = trace;
    this.claim = claim;
    this.server = server;
  }

  /**
   * Starts to serve.
   *
   * @param port the one that is asked for; without one, the usual port or any free one
   * @throws MlopsException where another process serves the state, or the port is taken
   */
  static LocalServeSession start(
      EmbeddedAzure azure, OptionalInt port, RootCommand mlops, Consumer<String> log) {
    ServeLock claim = ServeLock.take(azure.state()).orElseThrow(() -> served(azure));
    try {
      List<Integer> ports = port.isPresent() ? List.of(port.getAsInt()) : List.of(USUAL_PORT, 0);
      LocalServeSession session = open(azure, Optional.of(claim), ports, mlops, log);
      claim.publish(session.server);
      return session;
    } catch (MlopsException e) {
      claim.close();
      throw e;
    } catch (IOException e) {
      claim.close();
      throw unavailable(port.orElse(USUAL_PORT), e);
    }
  }

  /**
   * The same on any free port for one command alone: others do not find it, and each command has
   * its own, so that none ends with another.
   */
  public static LocalServeSession startPrivately(
      EmbeddedAzure azure, RootCommand mlops, Consumer<String> log) {
    try {
      return open(azure, Optional.empty(), List.of(0), mlops, log);
    } catch (IOException e) {
      throw unavailable(0, e);
    }
  }

  private static LocalServeSession open(
      EmbeddedAzure azure,
      Optional<ServeLock> claim,
      List<Integer> ports,
      RootCommand mlops,
      Consumer<String> log)
      throws IOException {
    Clock clock = mlops.environment().clock();
    Optional<HarTrace> trace =
        Optional.ofNullable(mlops.options().trace).map(file -> HarTrace.to(file, clock));
    RequestLog lines = new RequestLog(log, clock);
    LoopbackServer server = listen(azure, ports, trace, lines);
    Optional<ScheduleClock> schedules = claim.map(c -> azure.fireSchedules(lines::say));
    return new LocalServeSession(azure, claim, server, trace, schedules);
  }

  private static MlopsException unavailable(int port, IOException e) {
    return MlopsException.failed(
        "PortUnavailable",
        "The local Azure cannot listen on port %d: %s".formatted(port, e.getMessage()),
        "Name a free port with --port, or leave --port out.",
        e);
  }

  private static LoopbackServer listen(
      EmbeddedAzure azure, List<Integer> ports, Optional<HarTrace> trace, RequestLog log)
      throws IOException {
    Backend backend =
        trace
            .map(t -> LocalServeTrace.of(azure.router(), t))
            .orElseGet(() -> Backend.of(azure.router()));
    IOException taken = new IOException("no port");
    for (int candidate : ports) {
      try {
        return LoopbackServer.start(azure.state(), backend, candidate, ServeLimits.defaults(), log);
      } catch (IOException e) {
        taken = e;
      }
    }
    throw taken;
  }

  private static MlopsException served(EmbeddedAzure azure) {
    Optional<ServeAddress> address = ServeLock.address(azure.state());
    String where =
        address
            .map(a -> "process %d on port %d".formatted(a.pid(), a.port()))
            .orElse("another process");
    return MlopsException.failed(
        "AlreadyServed",
        "The state %s is already served by %s".formatted(azure.state().folder(), where),
        "Use that service (mlops local env prints how), end it, or name another --state.");
  }

  public ServeAddress address() {
    return new ServeAddress(server.port(), ProcessHandle.current().pid(), server.caFile());
  }

  @Override
  public void close() {
    schedules.ifPresent(ScheduleClock::close);
    server.close();
    azure.endJobs();
    claim.ifPresent(ServeLock::close);
    trace.ifPresent(HarTrace::write);
  }
}
