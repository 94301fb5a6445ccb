package mlops.steps.promote;

import java.time.Clock;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.Workspace;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.profile.Profile;

/**
 * The recipe of {@code mlops rollback}: the deployment that served before, with the version of the
 * model that it holds, serves again. Rolling back twice goes forward again.
 */
public final class Rollback {
  private final Output<String> deployment = new Output<>("deployment before");

  /** The deployment that serves again. */
  public Output<String> deployment() {
    return deployment;
  }

  public Recipe recipe(Azure azure, Profile profile, Profile.Target target, Clock clock) {
    String env = target.name();
    Workspace workspace =
        new Workspace(azure, profile.resourceGroups().ml(), target.environment().workspace());
    return Recipe.named("rollback")
        .step(
            "previous." + env,
            new PreviousDeploymentStep(workspace, target.endpointName(), deployment))
        .step(
            "default." + env,
            new DefaultDeploymentStep(
                workspace,
                target.endpointName(),
                deployment,
                Optional.of(
                    new DefaultDeploymentStep.Decision(() -> azure.signedIn().name(), clock))),
            "previous." + env)
        .build();
  }
}
