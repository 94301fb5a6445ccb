package mlops.plan;

/**
 * What a step would do, and why: the answer of {@link Step#check}.
 *
 * @param reason one short phrase, such as {@code "does not exist"} or {@code "max_instances 3 → 5"}
 */
public record Change(Action action, String reason) {

  /** The kinds of change, each with the mark that a plan shows in its first column. */
  public enum Action {
    NONE('='),
    CREATE('+'),
    UPDATE('~'),
    DELETE('-'),
    RUN('>');

    public final char symbol;

    Action(char symbol) {
      this.symbol = symbol;
    }
  }

  public static Change none() {
    return none("up to date");
  }

  public static Change none(String reason) {
    return new Change(Action.NONE, reason);
  }

  public static Change create(String reason) {
    return new Change(Action.CREATE, reason);
  }

  public static Change update(String reason) {
    return new Change(Action.UPDATE, reason);
  }

  public static Change delete(String reason) {
    return new Change(Action.DELETE, reason);
  }

  public static Change run(String reason) {
    return new Change(Action.RUN, reason);
  }

  public boolean isNeeded() {
    return action != Action.NONE;
  }
}
