package mlops.cli.features;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.cli.terminal.Console;
import mlops.error.MlopsException;
import mlops.features.LookupSelection;
import mlops.features.online.FeatureLookup.Asked;
import mlops.features.online.OnlineStore;
import mlops.features.online.OnlineStores;
import mlops.features.serve.FeatureServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops features serve}. */
@Command(
    name = "serve",
    description = "Answers lookups of the online store over HTTP on 127.0.0.1, until Ctrl-C.")
final class FeaturesServeCommand implements Callable<Integer> {
  /** In this variable a token can be given that several starts share. */
  static final String TOKEN = "MLOPS_FEATURES_TOKEN";

  private static final int MAX_PORT = 65535;
  private static final int BYTES = 24;

  @Spec CommandSpec spec;

  @Option(names = "--port", paramLabel = "N", description = "The port on 127.0.0.1 (any free one).")
  int port;

  @Option(
      names = "--features",
      paramLabel = "SET:VERSION[:FEATURE]",
      split = ",",
      description = "Which features (all that are defined).")
  List<String> features = new ArrayList<>();

  @Mixin StoreOptions store;

  @Override
  public Integer call() throws InterruptedException {
    RootCommand mlops = RootCommand.of(spec);
    if (port < 0 || port > MAX_PORT) {
      throw MlopsException.invalid("--port is " + port, "Give a number from 0 to 65535.");
    }
    StoreOptions.Place place = store.find(spec);
    List<Asked> asked = LookupSelection.of(place.definitions(), features, place.id());
    String token = mlops.environment().variables().getOrDefault(TOKEN, "");
    String shown = token.isBlank() ? secret() : token;
    CountDownLatch over = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(over, closed), "end-of-serve"));
    try (OnlineStore online = OnlineStores.open(place.online());
        FeatureServer server = start(online, asked, shown, mlops)) {
      report(mlops, server, online, asked, token.isBlank() ? shown : "$" + TOKEN);
      over.await();
    } finally {
      closed.countDown();
    }
    return 0;
  }

  /** The process ends once all that was asked is answered. */
  private static void end(CountDownLatch over, CountDownLatch closed) {
    over.countDown();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String secret() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private FeatureServer start(
      OnlineStore online, List<Asked> asked, String token, RootCommand mlops) {
    PrintWriter err = mlops.environment().console().err();
    try {
      return FeatureServer.start(
          online,
          asked,
          port,
          token,
          mlops.environment().clock(),
          line -> {
            err.println(line);
            err.flush();
          });
    } catch (IOException e) {
      throw MlopsException.failed(
          "PortUnavailable",
          "Features cannot be served on port %d: %s".formatted(port, e.getMessage()),
          "Name a free port with --port, or leave --port out.",
          e);
    }
  }

  private static void report(
      RootCommand mlops,
      FeatureServer server,
      OnlineStore online,
      List<Asked> asked,
      String token) {
    Console console = mlops.environment().console();
    if (mlops.options().json()) {
      JsonDocument document = new JsonDocument("features serve", mlops.options());
      ObjectNode result = document.result();
      result.put("url", server.address() + "/get").put("token", token);
      result.put("online", online.place()).put("pid", ProcessHandle.current().pid());
      document.print(console);
      return;
    }
    String keys =
        asked.stream()
            .flatMap(a -> a.table().spec().indexColumns().stream())
            .map(k -> "\"%s\": …".formatted(k.name()))
            .distinct()
            .collect(Collectors.joining(", "));
    PrintWriter out = console.out();
    out.println(
        "Ready: " + asked.stream().map(a -> a.table().id()).collect(Collectors.joining(", ")));
    out.println("  ask          POST %s/get  {\"keys\": [{%s}]}".formatted(server.address(), keys));
    out.println("  header       Authorization: Bearer " + token);
    out.println("  online       " + online.place());
    out.println("  end it       Ctrl-C");
    out.flush();
  }
}
