package mlops.azure.ml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Jobs that are named by their content, so that the same is not submitted twice: {@code
 * EXPERIMENT-HASH}, and with {@code -2}, {@code -3} … a further try after one that does not count.
 *
 * @param name of the job to go on with, or of the next one
 * @param taken whether it is there
 * @param last the one before it with the same content, or empty
 * @param state how that one ended; of one that is there, its own
 */
public record JobAttempt(String name, boolean taken, String last, String state) {
  private static final int DIGITS = 12;

  /**
   * The name of a first try.
   *
   * @param hash hexadecimal digits, 12 at least
   */
  public static String baseName(String experiment, String hash) {
    String start = experiment.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-");
    return "%s-%s".formatted(start, hash.substring(0, DIGITS));
  }

  /**
   * The one whose turn it is.
   *
   * @param base the name of the first try
   * @param counts whether one that is there, by its name and status, is the one to go on with
   */
  public static JobAttempt of(
      Workspace workspace, String base, BiPredicate<String, String> counts) {
    String last = "";
    String state = "";
    for (int attempt = 1; ; attempt++) {
      String name = attempt == 1 ? base : base + "-" + attempt;
      Optional<ObjectNode> found = workspace.find("jobs/" + name);
      if (found.isEmpty()) {
        return new JobAttempt(name, false, last, state);
      }
      state = found.get().path("properties").path("status").asText();
      if (counts.test(name, state)) {
        return new JobAttempt(name, true, last, state);
      }
      last = name;
    }
  }

  /**
   * Why there is to be a new one.
   *
   * @param first where it is the first with its content
   */
  public String reason(String first) {
    if (last.isEmpty()) {
      return first;
    }
    return state.equals("Completed") ? "--force" : "%s ended as %s".formatted(last, state);
  }
}
