package mlops.cli.look;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.concurrent.Callable;
import mlops.cli.run.StepExplanations;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops show}. */
@Command(
    name = "show",
    description = "Shows what Azure has of a step, or of a resource, as it answers now.")
public final class ShowCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "STEP|RESOURCE",
      description =
          "The id of a step, as a plan shows it; the name or ARM id of a resource or job.")
  String name = "";

  @Override
  public Integer call() {
    try (Session session = Session.open(spec)) {
      var explanations = StepExplanations.of(session).explanations().orElseThrow();
      ShownThing thing = new ResourceFinder(session, explanations).find(name);
      if (session.options().json()) {
        JsonDocument document = new JsonDocument(session.command(), session.options());
        document.profile(session.profile());
        document.result().put("id", thing.id());
        ArrayNode found = document.result().putArray("found");
        thing.found().forEach(found::add);
        document.print(session.console());
      } else {
        new ResourceRows(session.columns(), session.console().style())
            .lines(thing)
            .forEach(session.console().out()::println);
        session.console().out().flush();
      }
      return 0;
    }
  }
}
