package mlops.cli.look;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.Problem;
import mlops.cli.session.Session;
import mlops.error.MlopsException;
import mlops.profile.Profile;
import mlops.steps.lineage.LineageChain;
import mlops.steps.lineage.LineageTrace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops lineage}. */
@Command(
    name = "lineage",
    description =
        "Follows what serves back to its job, code and data; exit code 3 where a link is broken.")
public final class LineageCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = "--env",
      paramLabel = "ENV",
      description = "Where to begin, such as test (the last environment).")
  @Nullable String env;

  @Parameters(
      paramLabel = "MODEL",
      arity = "0..1",
      description = "NAME, NAME:VERSION or an id azureml://registries/… (what serves).")
  @Nullable String model;

  @Override
  public Integer call() {
    try (Session session = Session.open(spec)) {
      List<Profile.Environment> all = EnvironmentChoice.of(session.profile(), env);
      LineageChain chain =
          new LineageTrace(session.azure(), session.profile())
              .of(all.get(all.size() - 1), Optional.ofNullable(model));
      LineageRows rows = new LineageRows(session.columns(), session.console().style());
      Optional<MlopsException> broken = broken(chain);
      if (session.options().json()) {
        JsonDocument document = new JsonDocument(session.command(), session.options());
        document.profile(session.profile());
        rows.fill(document.result(), chain);
        broken.map(Problem::of).ifPresent(document::error);
        document.print(session.console());
        return broken.map(e -> e.kind().exitCode).orElse(0);
      }
      rows.show(session.console().out(), chain);
      broken.ifPresent(
          e -> {
            throw e;
          });
      return 0;
    }
  }

  private static Optional<MlopsException> broken(LineageChain chain) {
    String where =
        chain.broken().stream()
            .map(link -> "%s %s: %s".formatted(link.kind(), link.name(), link.said()))
            .collect(Collectors.joining("; "));
    return where.isEmpty()
        ? Optional.empty()
        : Optional.of(
            MlopsException.refused(
                "LineageBroken",
                "the lineage in %s is broken: %s".formatted(chain.environment(), where),
                "Where it differs or is gone, nothing proves what serves: train and promote again."
                    + " Where it may not be read, ask for the role Reader there."));
  }
}
