package mlops.cli.rehearsal;

import java.util.List;
import java.util.Optional;
import mlops.emulator.github.actions.Review;
import mlops.error.MlopsException;

/**
 * What the command line says in the place of a reviewer.
 *
 * @param state {@code approved} or {@code rejected}
 * @param environment for which it counts; empty for all
 */
record ReviewAnswer(String state, String login, String environment) {

  /** {@code LOGIN} or {@code LOGIN:ENVIRONMENT}. */
  static ReviewAnswer of(String state, String written) {
    int colon = written.indexOf(':');
    String login = colon < 0 ? written : written.substring(0, colon);
    if (!login.matches("[A-Za-z0-9-]+")) {
      String option = state.equals(Review.APPROVED) ? "--approve-as" : "--reject-as";
      throw MlopsException.invalid(
          "%s is \"%s\"".formatted(option, written),
          "Give a login such as mona, or LOGIN:ENVIRONMENT for one environment.");
    }
    return new ReviewAnswer(state, login, colon < 0 ? "" : written.substring(colon + 1));
  }

  /** The one that counts for an environment: what names it goes before what is for all. */
  static Optional<ReviewAnswer> in(List<ReviewAnswer> all, String environment) {
    return all.stream()
        .filter(a -> a.environment().equalsIgnoreCase(environment))
        .findFirst()
        .or(() -> all.stream().filter(a -> a.environment().isEmpty()).findFirst());
  }
}
