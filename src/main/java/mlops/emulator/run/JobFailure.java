package mlops.emulator.run;

/** Why a job failed, in the words that its run shows. */
final class JobFailure extends RuntimeException {
  /** What the user's own code, files or definition caused. */
  static final String USER = "UserError";

  private final String code;

  JobFailure(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static JobFailure user(String message) {
    return new JobFailure(USER, message);
  }

  String code() {
    return code;
  }

  String message() {
    String message = getMessage();
    return message == null ? code : message;
  }
}
