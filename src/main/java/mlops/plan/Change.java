package mlops.plan;

/**
 * What a step would do, and why: the answer of {@link Step#check}.
 *
 * @param reason one short phrase, such as {@code "does not exist"} or {@code "max_instances 3 → 5"}
 * @param done what is said of it afterwards, such as {@code "created"}
 */
public record Change(Action action, String reason, String done) {

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
    return new Change(Action.NONE, reason, reason);
  }

  public static Change create(String reason) {
    return new Change(Action.CREATE, reason, "created");
  }

  /** What was deleted comes back, with what is in it. */
  public static Change recover(String reason) {
    return new Change(Action.CREATE, reason, "recovered");
  }

  public static Change update(String reason) {
    return new Change(Action.UPDATE, reason, "updated: " + reason);
  }

  public static Change delete(String reason) {
    return new Change(Action.DELETE, reason, "deleted");
  }

  public static Change run(String reason) {
    return new Change(Action.RUN, reason, "done");
  }

  public boolean isNeeded() {
    return action != Action.NONE;
  }
}
