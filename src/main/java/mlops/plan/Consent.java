package mlops.plan;

/** Asked before a step makes the change that it found necessary. */
@FunctionalInterface
public interface Consent {
  /** What becomes of the step. */
  enum Answer {
    APPLY,
    /** The steps that wait for it are skipped, too. */
    SKIP,
    /** Neither it nor any step behind it. */
    STOP
  }

  Answer to(Recipe.Node node, Change change);
}
