package mlops.steps.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import mlops.azure.ml.JobAttempt;
import mlops.azure.ml.Workspace;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * The job is submitted, once. Its name follows from its content, so running again finds the job
 * that runs or that completed; one that broke gets a further try under the next name.
 *
 * <p>The name is {@code EXPERIMENT-HASH}: the experiment name of the file as a slug ({@code job}
 * where it has none), and the first 12 hexadecimal digits of a SHA-256 over what is submitted but
 * for the champion (code, data, component and environment versions, inputs, so every change of them
 * is another job). A {@code -2}, {@code -3} … follows for a further try after a job that failed or
 * was canceled, and with {@code --force}.
 *
 * <p>Right before it is sent it is looked for again, and where the answer is lost, once more
 * ({@code Azure.submit}); two that send it at once send the same name, which makes one job.
 */
final class SubmitJobStep implements Step {
  private static final String CONTENT = "mlops.content";

  private final Workspace workspace;
  private final GateVerdictReader deployFlag;
  private final BooleanSupplier ready;
  private final Supplier<TrainingJob> training;
  private final String model;
  private final boolean force;
  private final SubmittedJobOutputs submitted;

  /**
   * @param ready whether what the file refers to is there
   * @param model the model whose newest version is the one to beat
   * @param force whether a completed job is run again
   * @param submitted is given the name of the job and the hash of what is submitted
   */
  SubmitJobStep(
      Workspace workspace,
      GateVerdictReader deployFlag,
      BooleanSupplier ready,
      Supplier<TrainingJob> training,
      String model,
      boolean force,
      SubmittedJobOutputs submitted) {
    this.workspace = workspace;
    this.deployFlag = deployFlag;
    this.ready = ready;
    this.training = training;
    this.model = model;
    this.force = force;
    this.submitted = submitted;
  }

  @Override
  public String describe() {
    return "submit the job";
  }

  @Override
  public Change check() {
    if (!ready.getAsBoolean()) {
      return Change.run("its environment does not exist yet");
    }
    JobAttempt attempt = attempt();
    if (!attempt.taken()) {
      return Change.run(attempt.reason("nothing with this content ran before"));
    }
    submitted.name().set(attempt.name());
    return Change.none(
        attempt.state().equals("Completed")
            ? attempt.name() + " completed before"
            : attempt.name() + ": " + attempt.state());
  }

  private JobAttempt attempt() {
    submitted.content().set(training.get().plain().hash());
    return JobAttempt.of(workspace, training.get().baseName(), this::counts);
  }

  /** Whether an earlier job with this content is the one to go on with. */
  private boolean counts(String name, String state) {
    return switch (state) {
      case "Completed" -> !force;
      case "Canceled", "CancelRequested", "NotResponding" -> false;
      case "Failed" -> !force && deployFlag.refused(name);
      default -> true;
    };
  }

  @Override
  public void apply(StepMessages messages) {
    JobAttempt attempt = attempt();
    String name = attempt.name();
    if (attempt.taken()) {
      submitted.name().set(name);
      messages.say("another mlops has just submitted the same: job " + name);
      return;
    }
    Optional<String> champion = training.get().takesChampion() ? newest() : Optional.empty();
    // a champion or --force changes inputs and settings, and no component: all it needs is there
    ObjectNode body = training.get().against(model, champion, force).resource().body();
    body.withObject("/properties/properties").put(CONTENT, submitted.content().get());
    workspace.submit(name, body);
    submitted.name().set(name);
    training.get().notes().forEach(messages::say);
    training
        .get()
        .nameInFile()
        .ifPresent(
            own -> messages.say("the file calls it %s; jobs are named by content".formatted(own)));
    messages.say("job " + name + champion.map(v -> ", to beat version " + v).orElse(""));
  }

  private Optional<String> newest() {
    return workspace.latest("models", model).map(version -> version.path("name").asText());
  }

  /** The hash of what was submitted as a job; empty where that was not done by this step. */
  static String content(JsonNode job) {
    return job.path("properties").path("properties").path(CONTENT).asText();
  }
}
