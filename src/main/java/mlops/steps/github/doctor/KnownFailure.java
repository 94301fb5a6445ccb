package mlops.steps.github.doctor;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One way in which the login of a job, or setting it up, fails. Texts may name what is in {@link
 * Evidence#fill}.
 *
 * @param name for programs
 * @param sign what the log says
 * @param holds what has to be so beside that
 * @param cause what is wrong
 * @param mend the command that puts it right
 */
record KnownFailure(
    String name, Pattern sign, Predicate<Evidence> holds, String cause, String mend) {
  static final String CONNECT = "mlops github connect --repo {repository}{option}";
  static final String WORKFLOW = "mlops github workflow";
  static final String RERUN = "gh run rerun {run} --failed --repo {gh}";

  static KnownFailure of(String name, String sign, String cause, String mend) {
    return of(name, sign, e -> true, cause, mend);
  }

  static KnownFailure of(
      String name, String sign, Predicate<Evidence> holds, String cause, String mend) {
    return new KnownFailure(name, Pattern.compile(sign), holds, cause, mend);
  }

  boolean explains(Evidence evidence) {
    return evidence.text().says(sign) && holds.test(evidence);
  }

  /** All that are known; the first that explains the evidence is the one. */
  static List<KnownFailure> all() {
    return Stream.of(SubjectFailures.ALL, LoginFailures.ALL, GitHubFailures.ALL)
        .flatMap(List::stream)
        .toList();
  }
}
