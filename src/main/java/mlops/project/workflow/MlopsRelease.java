package mlops.project.workflow;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.error.MlopsException;

/**
 * A release that jobs get mlops from, where the repository has no launcher of its own.
 *
 * @param repository {@code OWNER/NAME}
 * @param tag such as {@code v1.2.3}
 */
public record MlopsRelease(String repository, String tag) {
  private static final Pattern WORDS =
      Pattern.compile("([A-Za-z0-9-]+/[A-Za-z0-9._-]+)@(v[0-9][\\w.-]*)");
  private static final Pattern DOWNLOAD =
      Pattern.compile("gh release download (v[0-9][\\w.-]*) --repo ([\\w.-]+/[\\w.-]+) ");

  /**
   * What a user says of it.
   *
   * @throws MlopsException INVALID where it is not {@code OWNER/NAME@TAG}
   */
  public static MlopsRelease of(String words) {
    Matcher given = WORDS.matcher(words);
    if (!given.matches()) {
      throw MlopsException.invalid(
          "--release is \"%s\"".formatted(words), "Give it as OWNER/NAME@TAG, ending in @v1.2.3.");
    }
    return new MlopsRelease(given.group(1), given.group(2));
  }

  /** The one that a workflow of before downloads. */
  static Optional<MlopsRelease> in(String workflow) {
    Matcher download = DOWNLOAD.matcher(workflow);
    return download.find()
        ? Optional.of(new MlopsRelease(download.group(2), download.group(1)))
        : Optional.empty();
  }

  /** The step of a job that downloads it, and holds it against its checksum. */
  String step() {
    return WorkflowPart.of("release").with("TAG", tag).with("REPOSITORY", repository).text();
  }
}
