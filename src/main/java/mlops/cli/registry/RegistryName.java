package mlops.cli.registry;

import java.util.Optional;
import mlops.azure.ml.ArmIds;
import mlops.cli.session.Session;
import mlops.steps.registry.FoundRegistry;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The registry that a command is about. */
final class RegistryName {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "A registry of the subscription (that of the profile).")
  @Nullable String name;

  FoundRegistry of(Session session) {
    Optional<String> given = Optional.ofNullable(name).map(n -> ArmIds.given("the registry", n));
    return FoundRegistry.of(session.azure(), session.profile(), given);
  }
}
