package mlops.steps.look;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mlops.azure.ml.RunClient;

/**
 * A job of a workspace, as its list shows it (Jobs - List of Azure ML, and its run history).
 *
 * @param name its id, which other commands take
 * @param displayName what people call it; may be the name again
 * @param type {@code Pipeline}, {@code Command} or another of Azure's words
 * @param status as Azure words it, such as {@code Running}
 * @param created when it was submitted
 * @param times when it began and ended
 * @param models what it registered, of the models of its environment
 */
public record ListedJob(
    String name,
    String displayName,
    String type,
    String experiment,
    String status,
    Optional<Instant> created,
    RunClient.Times times,
    List<Registered> models) {

  /** A version of a model. */
  public record Registered(String model, String version) {}
}
