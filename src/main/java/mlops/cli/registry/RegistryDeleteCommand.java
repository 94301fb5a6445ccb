package mlops.cli.registry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import mlops.azure.ml.Registry;
import mlops.azure.time.Deadline;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.Session;
import mlops.error.MlopsException;
import mlops.steps.registry.FoundRegistry;
import mlops.steps.registry.RegistryUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops registry delete}. */
@Command(
    name = "delete",
    description = "Deletes a registry with all that is in it, where no deployment needs it.")
final class RegistryDeleteCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Spec CommandSpec spec;
  @Mixin RegistryName registry;

  @Option(names = "--yes", description = "Do not ask for its name.")
  boolean yes;

  @Option(
      names = "--force",
      description = "Delete it although deployments of the profile name what is in it.")
  boolean force;

  @Override
  public Integer call() {
    try (Session session = Session.open(spec)) {
      FoundRegistry found = registry.of(session);
      if (!force) {
        requireUnused(found, RegistryUse.of(session.azure(), session.profile(), found.name()));
      }
      confirm(session, found.name());
      delete(session, found.open(session.azure()));
      if (session.options().json()) {
        JsonDocument document = new JsonDocument(session.command(), session.options());
        document.profile(session.profile());
        document.result().put("name", found.name()).put("deleted", true);
        document.print(session.console());
      } else if (!session.options().quiet) {
        session.console().out().println("Deleted registry " + found.name());
        session.console().out().flush();
      }
      return 0;
    }
  }

  private static void requireUnused(FoundRegistry found, List<RegistryUse> uses) {
    if (!uses.isEmpty()) {
      throw MlopsException.refused(
          "RegistryInUse",
          "registry %s is used by %s"
              .formatted(
                  found.name(),
                  uses.stream()
                      .map(RegistryUse::words)
                      .distinct()
                      .collect(Collectors.joining(", "))),
          "Delete these deployments first. With --force they stay, and cannot score any more.");
    }
  }

  private void confirm(Session session, String name) {
    if (yes) {
      return;
    }
    boolean meant =
        session.console().live()
            && session
                .question()
                .between(
                    "Delete registry %s with all that is in it? Type its name: ".formatted(name))
                .filter(name::equals)
                .isPresent();
    if (!meant) {
      throw MlopsException.invalid("Nothing was deleted", "Confirm it by its name, or give --yes.");
    }
  }

  private static void delete(Session session, Registry registry) {
    registry.delete();
    Deadline deadline = Deadline.in(PATIENCE);
    while (registry.find().isPresent()) {
      if (deadline.isOver()) {
        throw MlopsException.failed(
            "StillThere",
            "Azure has deleted registry %s, and still shows it".formatted(registry.name()),
            "Wait, then look: mlops registry list");
      }
      deadline.pause(session.azure().connection().pollInterval());
    }
  }
}
