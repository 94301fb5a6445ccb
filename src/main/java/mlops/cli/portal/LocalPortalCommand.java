package mlops.cli.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import mlops.cli.journey.GuideViews;
import mlops.cli.local.LocalAzure;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.cli.session.Session;
import mlops.error.MlopsException;
import mlops.portal.PortalSections;
import mlops.portal.shown.Links;
import mlops.portal.shown.ShownAzure;
import mlops.portal.web.PortalServer;
import mlops.profile.Profile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops local portal}. */
@Command(
    name = "portal",
    description = "Shows the local Azure in a browser, read-only, until Ctrl-C.")
public final class LocalPortalCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65535;

  @Spec @Nullable CommandSpec spec;

  @Option(names = "--port", paramLabel = "N", description = "The port on 127.0.0.1 (any free one).")
  int port;

  @Override
  public Integer call() throws InterruptedException {
    CommandSpec its = Objects.requireNonNull(spec);
    RootCommand mlops = RootCommand.of(its);
    if (port < 0 || port > MAX_PORT) {
      throw MlopsException.invalid("--port is " + port, "Give a number from 0 to 65535.");
    }
    LocalAzure local = LocalAzure.of(mlops); // refuses --cloud azure
    mlops.options().cloud = Profile.Cloud.LOCAL; // whatever the profile says
    try (Session session = Session.open(its);
        PortalServer portal = start(session)) {
      CountDownLatch over = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(over::countDown, "end-of-portal"));
      report(session, local, portal);
      over.await();
    }
    return 0;
  }

  private PortalServer start(Session session) {
    PortalSections sections =
        new PortalSections(
            new ShownAzure(session.azure(), session.profile()),
            Links.PORTAL,
            () -> GuideViews.of(session).chapters());
    PrintWriter err = session.console().err();
    try {
      return PortalServer.start(
          sections,
          port,
          line -> {
            err.println(line);
            err.flush();
          });
    } catch (IOException e) {
      throw MlopsException.failed(
          "PortUnavailable",
          "The portal cannot listen on port %d: %s".formatted(port, e.getMessage()),
          "Name a free port with --port, or leave --port out.",
          e);
    }
  }

  private static void report(Session session, LocalAzure local, PortalServer portal) {
    if (session.options().json()) {
      JsonDocument document = new JsonDocument(session.command(), session.options());
      document.profile(session.profile());
      ObjectNode result = document.result();
      result.put("url", portal.address().toString()).put("port", portal.port());
      result.put("pid", ProcessHandle.current().pid());
      document.print(session.console());
      return;
    }
    PrintWriter out = session.console().out();
    out.println("Ready: the portal of the local Azure, read-only");
    out.println("  open it      " + portal.address());
    out.println("               works once, in one browser");
    out.println("  state        " + local.folder());
    out.println("  end it       Ctrl-C");
    out.flush();
  }
}
