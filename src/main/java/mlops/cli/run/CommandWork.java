package mlops.cli.run;

import java.util.Optional;
import java.util.function.Supplier;
import mlops.explain.Given;
import mlops.plan.Recipe;

/**
 * What a command runs, and what it reports at the end.
 *
 * @param result asked for after a run without failures; its values are those that the steps learned
 * @param soFar the same after a run with failures, when some values are not known
 * @param given what it was told for its steps
 * @param next what comes after it, when all went well: the words of a command; empty where nothing
 *     does
 * @param planned what a plan says besides its steps, also of one that fails
 */
public record CommandWork(
    Recipe recipe,
    Supplier<CommandResult> result,
    Supplier<CommandResult> soFar,
    Given given,
    Supplier<Optional<String>> next,
    Supplier<CommandResult> planned) {

  /** Work that was told nothing that its steps would show. */
  public CommandWork(Recipe recipe, Supplier<CommandResult> result, Supplier<CommandResult> soFar) {
    this(recipe, result, soFar, Given.nothing(), Optional::empty, CommandResult::none);
  }

  /** Work that after a failure has nothing to report but that. */
  public CommandWork(Recipe recipe, Supplier<CommandResult> result) {
    this(recipe, result, CommandResult::none);
  }

  /** The same, with what it was told. */
  public CommandWork given(Given told) {
    return new CommandWork(recipe, result, soFar, told, next, planned);
  }

  /** The same, with what comes next. */
  public CommandWork next(Supplier<Optional<String>> words) {
    return new CommandWork(recipe, result, soFar, given, words, planned);
  }

  /** The same, with what a plan says of it. */
  public CommandWork planned(Supplier<CommandResult> said) {
    return new CommandWork(recipe, result, soFar, given, next, said);
  }

  public static CommandWork of(Recipe recipe) {
    return new CommandWork(recipe, CommandResult::none);
  }
}
