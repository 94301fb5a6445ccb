package mlops.cli.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import mlops.cli.session.FaultTally;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.Logging;
import mlops.cli.session.RootCommand;
import mlops.cli.session.Session;
import mlops.cli.terminal.Console;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.serve.ServeAddress;
import mlops.error.MlopsException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops local serve}. */
@Command(
    name = "serve",
    description = "Lets az and other tools talk to the local Azure, until Ctrl-C.")
final class LocalServeCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65535;

  @Spec CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port on 127.0.0.1 (8444, or any free one).")
  @Nullable Integer port;

  @Option(names = "--keep-jobs", description = "Let running jobs go on when the service ends.")
  boolean keepJobs;

  @Option(
      names = "--portal",
      description = "Show it in a browser as well, as mlops local portal does.")
  boolean portal;

  @Override
  public Integer call() throws InterruptedException {
    RootCommand mlops = RootCommand.of(spec);
    if (portal && mlops.options().json()) {
      throw MlopsException.invalid(
          "local serve and its portal have a JSON document each",
          "Leave out --portal, and run mlops local portal -o json beside it.");
    }
    Logging.choose(mlops.options().verbose);
    FaultTally faults = mlops.options().faults(mlops.environment().variables());
    LocalAzure local = LocalAzure.of(mlops).with(faults);
    EmbeddedAzure azure = (keepJobs ? local.withLastingJobs(mlops) : local).open();
    Console console = mlops.environment().console();
    LocalServeSession session = LocalServeSession.start(azure, port(), mlops, log(mlops));
    CountDownLatch over = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              session.close();
              Session.tell(faults, mlops.options(), console);
              over.countDown();
            },
            "end-of-service");
    Runtime.getRuntime().addShutdownHook(hook);
    report(mlops, console, azure, session.address());
    if (portal) {
      showPortal(mlops);
    }
    over.await();
    return 0;
  }

  /** Beside the service, until both are ended. */
  private static void showPortal(RootCommand mlops) {
    List<String> words = new ArrayList<>(List.of("local", "portal"));
    words.addAll(mlops.options().same());
    Thread shown = new Thread(() -> mlops.another(words.toArray(String[]::new)), "portal");
    shown.setDaemon(true);
    shown.start();
  }

  private OptionalInt port() {
    if (port != null && (port < 0 || port > MAX_PORT)) {
      throw MlopsException.invalid("--port is " + port, "Give a number from 0 to 65535.");
    }
    return port == null ? OptionalInt.empty() : OptionalInt.of(port);
  }

  private static Consumer<String> log(RootCommand mlops) {
    PrintWriter err = mlops.environment().console().err();
    return mlops.options().quiet
        ? line -> {}
        : line -> {
          synchronized (err) {
            err.println(line);
            err.flush();
          }
        };
  }

  private static void report(
      RootCommand mlops, Console console, EmbeddedAzure azure, ServeAddress address) {
    if (mlops.options().json()) {
      JsonDocument document = new JsonDocument("local serve", mlops.options());
      ObjectNode json = document.withoutResult(); // .proxy is short
      json.put("proxy", address.proxy().toString()).put("port", address.port());
      json.put("caFile", address.caFile().toString()).put("pid", address.pid());
      document.print(console);
      return;
    }
    PrintWriter out = console.out();
    out.println("Ready: the local Azure listens on " + address.proxy());
    out.println("  state        " + azure.state().folder());
    out.println("  certificate  " + address.caFile());
    String same = mlops.options().again();
    out.println(
        "  use it       eval \"$(mlops local env%s)\", or mlops local exec%s -- COMMAND"
            .formatted(same, same));
    out.println("  see it       mlops local portal" + same);
    out.println("  end it       Ctrl-C");
    out.flush();
  }
}
