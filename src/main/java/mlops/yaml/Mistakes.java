package mlops.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import mlops.error.MlopsException;

/** Collects all that is wrong in some files, so that it is reported together. */
public final class Mistakes {
  private final List<Mistake> found = new ArrayList<>();

  public void add(FilePosition place, String message, String hint) {
    Mistake mistake = new Mistake(place, message, hint);
    if (!found.contains(mistake)) { // an aliased value is read in several places
      found.add(mistake);
    }
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** What was found, from the top of each file to its end. */
  public List<Mistake> all() {
    return found.stream()
        .sorted(
            Comparator.comparing((Mistake m) -> m.place().file())
                .thenComparing(m -> m.place().line())
                .thenComparing(m -> m.place().column()))
        .toList();
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
        count + ", nothing was sent:" + lines, "Fix the lines named above and run again.");
  }
}
