package mlops.cli.registry;

import java.util.List;
import java.util.concurrent.Callable;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.Session;
import mlops.steps.registry.FoundRegistry;
import mlops.steps.registry.RegistryRole;
import mlops.steps.registry.RegistryUse;
import mlops.steps.registry.SharedAsset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mlops registry show}. */
@Command(
    name = "show",
    description = "Shows regions, storage, who may do what, and which deployments use what.")
final class RegistryShowCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RegistryName registry;

  @Override
  public Integer call() {
    try (Session session = Session.open(spec)) {
      FoundRegistry found = registry.of(session);
      List<RegistryRole> roles = RegistryRole.of(session.azure(), session.profile(), found.id());
      List<SharedAsset> assets = SharedAsset.all(found.open(session.azure()));
      List<RegistryUse> uses = RegistryUse.of(session.azure(), session.profile(), found.name());
      RegistryRows rows = new RegistryRows(found, roles, assets, uses);
      if (session.options().json()) {
        JsonDocument document = new JsonDocument(session.command(), session.options());
        document.profile(session.profile());
        rows.fill(document.result());
        document.print(session.console());
      } else {
        rows.lines(session.columns()).forEach(session.console().out()::println);
        session.console().out().flush();
      }
      return 0;
    }
  }
}
