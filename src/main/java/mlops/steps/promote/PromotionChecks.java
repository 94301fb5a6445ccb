package mlops.steps.promote;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import mlops.azure.Azure;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.delivery.CandidateModel;
import mlops.steps.delivery.ChooseModelStep;
import mlops.steps.delivery.ModelSource;
import mlops.steps.delivery.TrainedModel;
import mlops.steps.share.SharedModel;

/** The first steps of a promotion: which version, and whether it may go there. */
record PromotionChecks(
    Azure azure,
    Profile profile,
    Profile.Target target,
    Promote.Options options,
    Output<CandidateModel> candidate) {

  /** Puts them into the recipe; the id of the last. */
  String addTo(Recipe.Builder recipe, BooleanSupplier settled, String... after) {
    String env = target.name();
    List<Profile.Target> before = profile.before(target);
    recipe
        .step("choose." + env, choose(settled), after)
        .step("not-rolled-back." + env, notRolledBack(before), "choose." + env);
    String last = "not-rolled-back." + env;
    if (!before.isEmpty()) {
      recipe.step("tested." + env, tested(env, before.get(before.size() - 1)), last);
      last = "tested." + env;
    }
    boolean required = Boolean.TRUE.equals(profile.approvals().get(env));
    if (required || options.approved().isPresent()) { // a hash that was given has to be the one
      recipe.step("approval." + env, approval(), last);
      last = "approval." + env;
    }
    return last;
  }

  private ChooseModelWithFeaturesStep choose(BooleanSupplier settled) {
    ChooseModelStep choose =
        new ChooseModelStep(source(), options.modelVersion(), settled, candidate);
    return source() instanceof SharedModel shared
        ? ChooseModelWithFeaturesStep.shared(choose, shared, azure, candidate)
        : ChooseModelWithFeaturesStep.trained(
            choose, TrainedModel.of(azure, profile), azure, candidate);
  }

  private RequireNotRolledBackStep notRolledBack(List<Profile.Target> before) {
    List<ServedModel> places =
        Stream.concat(Stream.of(target), before.stream()).map(this::served).toList();
    return new RequireNotRolledBackStep(places, options.force(), candidate);
  }

  private RequireTestedStep tested(String env, Profile.Target before) {
    return new RequireTestedStep(env, served(before), options.forceUnscored(), candidate);
  }

  private ApprovalStep approval() {
    return new ApprovalStep(
        source(),
        served(target),
        options.approved().map(ApprovedHash::given),
        options.dispatch(),
        candidate);
  }

  /** A target after the first takes what the registry holds: it needs nothing in training. */
  private ModelSource source() {
    boolean shared = profile.promotion().isByRegistry();
    return shared && !profile.before(target).isEmpty()
        ? SharedModel.of(azure, profile)
        : TrainedModel.of(azure, profile);
  }

  private ServedModel served(Profile.Target place) {
    return ServedModel.of(azure, profile, place);
  }
}
