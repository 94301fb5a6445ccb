package mlops.steps.promote;

import java.util.List;
import java.util.function.BooleanSupplier;
import mlops.azure.Azure;
import mlops.azure.ml.Workspace;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.profile.Profile;

/** The first steps of a promotion: which version, and whether it may go there. */
record PromotionChecks(
    Azure azure,
    Profile profile,
    Profile.Target target,
    Promote.Options options,
    Output<CandidateModel> candidate) {

  /** Puts them into the recipe; the id of the last. */
  String addTo(Recipe.Builder recipe, BooleanSupplier settled, String... after) {
    String env = target.environment().name();
    Profile.Environment dev = profile.dev().environment();
    recipe
        .step(
            "choose." + env,
            new ChooseModelStep(
                workspace(dev), dev.model(), options.modelVersion(), settled, candidate),
            after)
        .step("not-rolled-back." + env, notRolledBack(env), "choose." + env);
    String last = "not-rolled-back." + env;
    if (env.equals("prod")) {
      recipe.step("tested." + env, tested(), last);
      last = "tested." + env;
    }
    boolean required = Boolean.TRUE.equals(profile.approvals().get(env));
    if (required || options.approved().isPresent()) { // a hash that was given has to be the one
      recipe.step("approval." + env, approval(env), last);
      last = "approval." + env;
    }
    return last;
  }

  private RequireNotRolledBackStep notRolledBack(String env) {
    List<Profile.Target> where =
        env.equals("prod") ? List.of(target, profile.test()) : List.of(target);
    return new RequireNotRolledBackStep(
        where.stream().map(this::served).toList(), options.force(), candidate);
  }

  private RequireNotRolledBackStep.Served served(Profile.Target place) {
    Profile.Environment environment = place.environment();
    return new RequireNotRolledBackStep.Served(
        environment.name(), workspace(environment), environment.model(), place.endpointName());
  }

  private RequireTestedStep tested() {
    Profile.Environment test = profile.test().environment();
    return new RequireTestedStep(
        workspace(test),
        test.model(),
        profile.test().endpointName(),
        options.forceUnscored(),
        candidate);
  }

  private ApprovalStep approval(String env) {
    Profile.Environment environment = target.environment();
    return new ApprovalStep(
        workspace(environment), environment.model(), env, options.approved(), candidate);
  }

  private Workspace workspace(Profile.Environment environment) {
    return new Workspace(azure, profile.resourceGroups().ml(), environment.workspace());
  }
}
