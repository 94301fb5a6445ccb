package mlops.cli.rehearsal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Objects;
import mlops.cli.session.GlobalOptions;
import mlops.cli.session.JsonDocument;
import mlops.cli.terminal.Console;
import mlops.emulator.github.actions.Conclusion;
import mlops.emulator.github.actions.Review;
import mlops.emulator.github.actions.RunJob;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.error.MlopsException;

/** How a rehearsal ended: for people, as a document, as an exit code. */
record RehearsalReport(WorkflowRun run, String repository) {
  private static final int INTERRUPTED = 130;

  void print(Console console, GlobalOptions options) {
    if (!options.json()) {
      PrintWriter out = console.out();
      out.println();
      String what = RehearsalView.words(Objects.requireNonNull(run.conclusion()));
      out.println("run %d %s (local)".formatted(run.number(), what));
      boolean failed =
          run.jobs().stream()
              .anyMatch(j -> j.conclusion() == Conclusion.FAILURE && !j.steps().isEmpty());
      out.println(
          "log   mlops local exec -- gh run view %d %s -R %s"
              .formatted(run.number(), failed ? "--log-failed" : "--log", repository));
      out.flush();
      return;
    }
    JsonDocument document = new JsonDocument("github rehearse", options);
    ObjectNode result = document.result().put("run", run.number()).put("repository", repository);
    result.put("conclusion", String.valueOf(run.conclusion()));
    ArrayNode jobs = result.putArray("jobs");
    for (RunJob job : run.jobs()) {
      jobs.addObject()
          .put("name", job.name())
          .put("environment", job.environment())
          .put("conclusion", String.valueOf(job.conclusion()));
    }
    document.print(console);
  }

  /** 3 where a reviewer said no. */
  int exitCode(boolean interrupted) {
    if (interrupted) {
      return INTERRUPTED;
    }
    if (run.conclusion() == Conclusion.SUCCESS) {
      return 0;
    }
    boolean rejected = run.reviews().stream().anyMatch(r -> r.state().equals(Review.REJECTED));
    return (rejected ? MlopsException.Kind.REFUSED : MlopsException.Kind.FAILED).exitCode;
  }
}
