package mlops.steps.approval;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.review.ModelStatus;

/** What a job takes to its environment: nobody should let go on what he has not seen. */
final class ReviewedModelStep implements Step {
  private final ModelStatus status;
  private final String environment;
  private final Set<String> judged;
  private final Output<ReviewedModel> model;

  /**
   * @param environment as the profile calls it
   * @param judged the metrics that the gate is about
   */
  ReviewedModelStep(
      ModelStatus status, String environment, Set<String> judged, Output<ReviewedModel> model) {
    this.status = status;
    this.environment = environment;
    this.judged = judged;
    this.model = model;
  }

  @Override
  public String describe() {
    return "model for " + environment;
  }

  @Override
  public Change check() {
    List<ModelStatus.Environment> all = status.environments();
    ModelStatus.Environment trained = all.get(0);
    if (trained.name().equals(environment)) {
      model.set(new ReviewedModel(trained.model(), Optional.empty(), Optional.empty()));
      return Change.none("the job is to train one");
    }
    ReviewedModel found =
        new ReviewedModel(
            trained.model(),
            trained.models().stream().filter(m -> m.lineage().gate().equals("passed")).findFirst(),
            all.stream()
                .filter(e -> e.name().equals(environment))
                .findFirst()
                .flatMap(ReviewedModelStep::serving));
    model.set(found);
    return Change.none(found.words(judged));
  }

  private static Optional<ModelStatus.Model> serving(ModelStatus.Environment target) {
    return target
        .serving()
        .flatMap(
            s ->
                target.models().stream()
                    .filter(m -> m.version().equals(s.modelVersion()))
                    .findFirst());
  }

  @Override
  public void apply(StepMessages messages) {
    throw new IllegalStateException("models are only looked at");
  }
}
