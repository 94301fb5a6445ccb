package mlops.steps.bootstrap;

import java.util.Locale;
import mlops.error.MlopsException;
import mlops.plan.Change;

/** What becomes of a deleted workspace or key vault that still keeps the name of a wanted one. */
public enum DeletedNames {
  /** Nothing: the step fails, and says the way out. */
  REFUSE,
  /** It is taken back, with all that is in it. */
  RECOVER,
  /** It is deleted for good, and the wanted one is new. */
  PURGE;

  /**
   * The change that makes the wanted one.
   *
   * @param thing such as {@code workspace ml-01}
   * @param words when it was deleted, and how long it keeps the name
   */
  Change change(String thing, String words) {
    return switch (this) {
      case REFUSE -> throw refusal(thing, words);
      case RECOVER -> Change.recover("recovered: it " + words);
      case PURGE -> Change.create("new, once the deleted one is purged: it " + words);
    };
  }

  static MlopsException refusal(String thing, String words) {
    return MlopsException.failed("NameOfDeleted", "%s %s".formatted(thing, words), wayOut(thing));
  }

  /** What to do about a deleted thing that keeps a name. */
  static String wayOut(String thing) {
    return "mlops bootstrap --recover takes the deleted %s back with what is in it, mlops bootstrap --purge deletes it for good; or use another --suffix."
        .formatted(
            thing.substring(0, Math.max(0, thing.lastIndexOf(' '))).toLowerCase(Locale.ROOT));
  }
}
