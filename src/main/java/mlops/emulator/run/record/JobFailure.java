package mlops.emulator.run.record;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import mlops.emulator.http.ApiException;
import org.jspecify.annotations.Nullable;

/** Why a job failed, in the words that its run shows. */
public final class JobFailure extends RuntimeException {
  /** What the user's own code, files or definition caused. */
  static final String USER = "UserError";

  private final String code;
  private final String words;

  public JobFailure(String code, String message) {
    this(code, message, "");
  }

  private JobFailure(String code, String words, String quotation) {
    this(code, words, quotation, null);
  }

  private JobFailure(String code, String words, String quotation, @Nullable Throwable cause) {
    super(words + quotation, cause, false, false);
    this.code = code;
    this.words = words;
  }

  public static JobFailure user(String message) {
    return new JobFailure(USER, message);
  }

  /** A failure whose message ends with lines of the job's own log. */
  public static JobFailure quoting(String words, String quotation) {
    return new JobFailure(USER, words, " " + quotation);
  }

  /**
   * The failure that anything thrown by the work of a job is: a mistake of ours, unless it says, or
   * a disk that is full or broken.
   */
  static JobFailure of(Throwable thrown) {
    if (thrown instanceof JobFailure failure) {
      return failure;
    }
    if (thrown instanceof ApiException refused) { // a container that went, an asset's name
      return new JobFailure(refused.code(), refused.explanation());
    }
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    if (root instanceof IOException && !(root instanceof NoSuchFileException)) {
      return new JobFailure(
          "DiskFailed",
          "The machine could not read or write the files of the job: %s. Mend that, then run it again."
              .formatted(root.getMessage()));
    }
    return new JobFailure(
        "InternalError", "The embedded Azure failed to run the job: " + thrown, "", thrown);
  }

  /** Whether it is a mistake of the embedded Azure. */
  public boolean isInternal() {
    return getCause() != null;
  }

  public String code() {
    return code;
  }

  /** The message without what it quotes: what the log is to be told. */
  public String words() {
    return words;
  }

  public String message() {
    String message = getMessage();
    return message == null ? code : message;
  }
}
