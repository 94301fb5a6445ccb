package mlops.cli.stage;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import mlops.cli.run.CommandResult;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.cli.session.RootCommand;
import mlops.error.MlopsException;
import mlops.steps.review.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops report}. */
@Command(
    name = "report",
    description = "Writes one HTML page: metrics, predictions, where each model comes from.")
public final class ReportCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RecipeRun run;
  @Mixin ReviewOptions review;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "The page to write (./report-SUFFIX.html).")
  @Nullable Path html;

  @Option(names = "--open", description = "Show the page when it is written.")
  boolean open;

  @Override
  public Integer call() throws InterruptedException {
    if (open && run.isPlan()) {
      throw MlopsException.invalid(
          "--open shows the page that is written, and --plan writes none",
          "Leave out one of them.");
    }
    AtomicReference<@Nullable Path> page = new AtomicReference<>();
    int exitCode = write(page);
    Path written = page.get();
    if (open && exitCode == 0 && written != null) {
      DesktopOpener.open(written, RootCommand.of(spec).environment().variables());
    }
    return exitCode;
  }

  /** Writes it; the exit code. */
  private int write(AtomicReference<@Nullable Path> page) {
    return run.executeWork(
        spec,
        session -> {
          Report report =
              new Report(
                  session.azure(),
                  session.profile(),
                  review.download(session),
                  ReviewOptions.html(html, session),
                  review.tolerance());
          page.set(report.file());
          String file = report.file().toString();
          return new CommandWork(
              report.recipe(),
              () -> new CommandResult(List.of("report  " + file), json -> json.put("file", file)));
        });
  }
}
