package mlops.cli.run;

import java.util.function.Supplier;
import mlops.plan.Recipe;

/**
 * What a command runs, and what it reports at the end.
 *
 * @param result asked for after a run without failures; its values are those that the steps learned
 * @param soFar the same after a run with failures, when some values are not known
 */
public record CommandWork(
    Recipe recipe, Supplier<CommandResult> result, Supplier<CommandResult> soFar) {

  /** Work that after a failure has nothing to report but that. */
  public CommandWork(Recipe recipe, Supplier<CommandResult> result) {
    this(recipe, result, CommandResult::none);
  }

  static CommandWork of(Recipe recipe) {
    return new CommandWork(recipe, CommandResult::none);
  }
}
