package mlops.steps.lineage;

/**
 * One link of a chain.
 *
 * @param kind what it is, such as {@code job}
 * @param name for people, such as {@code taxi-model version 1 in dev}
 * @param id as Azure calls it, or git; empty where there is none
 * @param said more of what was found, or why it is not whole; may be empty
 */
public record LineageLink(String kind, String name, String id, State state, String said) {

  /** What became of asking for it. */
  public enum State {
    /** It is there, and is what the link before it says. */
    FOUND,
    /** It is noted, and nobody here can look whether it is there. */
    NOTED,
    /** It is gone, may not be read, or is another than the link before it says. */
    BROKEN
  }

  public boolean isBroken() {
    return state == State.BROKEN;
  }
}
