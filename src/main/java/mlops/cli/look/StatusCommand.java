package mlops.cli.look;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.Session;
import mlops.cli.stage.NextStage;
import mlops.cli.terminal.WrappedLines;
import mlops.profile.Profile;
import mlops.steps.review.ModelStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mlops status}. */
@Command(
    name = "status",
    description = "Shows which model is where, what serves, and what served before.")
public final class StatusCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    try (Session session = Session.open(spec)) {
      List<ModelStatus.Environment> environments =
          new ModelStatus(session.azure(), session.profile()).environments();
      PrintWriter out = session.console().out();
      if (session.options().json()) {
        JsonDocument document = new JsonDocument(session.command(), session.options());
        document.profile(session.profile());
        environments.forEach(e -> StatusJson.fill(document.result().putObject(e.name()), e));
        document.print(session.console());
      } else {
        StatusText text =
            new StatusText(new WrappedLines(out, session.columns()), session.profile());
        environments.forEach(text::show);
      }
      out.flush();
      session.next(next(session.profile(), environments));
      return 0;
    }
  }

  /** The first environment that lacks something says what comes next. */
  private static String next(Profile profile, List<ModelStatus.Environment> environments) {
    for (ModelStatus.Environment environment : environments) {
      if (!environment.exists()) {
        return "bootstrap";
      }
      if (environment.models().isEmpty()) {
        return profile
            .target(environment.name())
            .map(target -> NextStage.promotion(profile, target))
            .orElse("train");
      }
    }
    return "guide";
  }
}
