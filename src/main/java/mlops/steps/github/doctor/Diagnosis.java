package mlops.steps.github.doctor;

import java.util.List;
import java.util.Optional;

/**
 * What is wrong.
 *
 * @param code of Entra, such as {@code AADSTS700213}; empty where the failure has none
 * @param finding empty where nothing that is known explains it
 * @param evidence what was looked at, in words
 */
public record Diagnosis(Optional<String> code, Optional<Finding> finding, List<String> evidence) {

  /**
   * A failure that is known.
   *
   * @param name for programs
   * @param mend the one command that puts it right
   */
  public record Finding(String name, String cause, String mend) {}

  static Diagnosis of(Evidence evidence, List<KnownFailure> known) {
    Optional<Finding> finding =
        known.stream()
            .filter(failure -> failure.explains(evidence))
            .findFirst()
            .map(f -> new Finding(f.name(), evidence.fill(f.cause()), evidence.fill(f.mend())));
    return new Diagnosis(evidence.text().code(), finding, evidence.words());
  }
}
