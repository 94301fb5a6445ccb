package mlops.emulator.run.record;

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
    super(words + quotation, null, false, false);
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
