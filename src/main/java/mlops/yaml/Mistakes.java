package mlops.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import mlops.error.MlopsException;

/**
 * Collects all that is wrong in some files, so that it is reported together, and what is only worth
 * a word.
 */
public final class Mistakes {
  private static final Comparator<Mistake> FROM_THE_TOP =
      Comparator.comparing((Mistake m) -> m.place().file())
          .thenComparing(m -> m.place().line())
          .thenComparing(m -> m.place().column());

  private final List<Mistake> found = new ArrayList<>();
  private final List<Mistake> notes = new ArrayList<>();

  public void add(FilePosition place, String message, String hint) {
    Mistake mistake = new Mistake(place, message, hint);
    if (!found.contains(mistake)) { // an aliased value is read in several places
      found.add(mistake);
    }
  }

  /** What a user should know of a file that is taken as it is. */
  public void note(FilePosition place, String message, String hint) {
    notes.add(new Mistake(place, message, hint));
  }

  /** What was noted, a line each, from the top of each file to its end. */
  public List<String> notes() {
    return notes.stream().sorted(FROM_THE_TOP).map(Mistake::toString).distinct().toList();
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** What was found, from the top of each file to its end. */
  public List<Mistake> all() {
    return found.stream().sorted(FROM_THE_TOP).toList();
  }

  /** Ends the command (exit code 2) if there is a mistake. */
  public void throwIfAny() {
    if (!isEmpty()) {
      throw asException();
    }
  }

  /** One failure that names them all. */
  public MlopsException asException() {
    String lines = all().stream().map(m -> "\n  " + m).collect(Collectors.joining());
    String count = found.size() == 1 ? "1 mistake" : found.size() + " mistakes";
    return MlopsException.invalid(
        count + ", nothing was sent:" + lines,
        "Fix the lines named above and run again.",
        all().stream().map(Mistake::located).toList());
  }
}
