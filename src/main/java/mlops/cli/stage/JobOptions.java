package mlops.cli.stage;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mlops.assets.FieldOverrides;
import mlops.cli.session.Session;
import mlops.file.OutputFolder;
import mlops.steps.FollowJobStep;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that run a job. */
public final class JobOptions {
  @Option(names = "--force", description = "Run it anew even if the same ran before.")
  public boolean force;

  @Option(
      names = "--logs",
      paramLabel = "DIR",
      description = "Save the whole log of each job in this folder.")
  @Nullable Path logs;

  /** Asks in a terminal whether an interrupted job is to be canceled; elsewhere it is left. */
  public FollowJobStep.Options follow(Session session) {
    if (logs != null) {
      OutputFolder.require("--logs", logs);
    }
    return new FollowJobStep.Options(
        Optional.ofNullable(logs),
        job ->
            session.question().yesAfterInterrupt("Cancel job " + job + " too?")
                ? FollowJobStep.OnInterrupt.CANCEL
                : FollowJobStep.OnInterrupt.LEAVE,
        session.clock());
  }

  static FieldOverrides overrides(@Nullable List<String> set) {
    return set == null ? FieldOverrides.none() : FieldOverrides.parse(set);
  }
}
