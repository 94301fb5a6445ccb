package mlops.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A failure that the user can act on: what was tried and why it failed, and the way out. */
public final class MlopsException extends RuntimeException {
  /** Which exit code a failure ends in. */
  public enum Kind {
    /** A step failed. */
    FAILED(1),
    /** Wrong usage, profile or YAML; nothing was sent. */
    INVALID(2),
    /** A gate said no: quality, approval or integrity. */
    REFUSED(3);

    /** The exit code of the process. */
    public final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }
  }

  private final Kind kind;
  private final String code;
  private final String hint;
  private final transient List<LocatedMistake> mistakes;

  private MlopsException(
      Kind kind,
      String code,
      String message,
      String hint,
      List<LocatedMistake> mistakes,
      @Nullable Throwable cause) {
    super(message, cause);
    this.mistakes = mistakes;
    this.kind = kind;
    this.code = code;
    this.hint = hint;
  }

  public static MlopsException failed(String code, String message, String hint) {
    return new MlopsException(Kind.FAILED, code, message, hint, List.of(), null);
  }

  public static MlopsException failed(String code, String message, String hint, Throwable cause) {
    return new MlopsException(Kind.FAILED, code, message, hint, List.of(), cause);
  }

  public static MlopsException invalid(String message, String hint) {
    return new MlopsException(Kind.INVALID, "InvalidInput", message, hint, List.of(), null);
  }

  /** That of files, with the place of each mistake. */
  public static MlopsException invalid(String message, String hint, List<LocatedMistake> mistakes) {
    return new MlopsException(
        Kind.INVALID, "InvalidInput", message, hint, List.copyOf(mistakes), null);
  }

  public static MlopsException refused(String code, String message, String hint) {
    return new MlopsException(Kind.REFUSED, code, message, hint, List.of(), null);
  }

  public Kind kind() {
    return kind;
  }

  /** A machine-readable word for the failure: Azure's own error code where there is one. */
  public String code() {
    return code;
  }

  public String message() {
    String message = getMessage();
    return message == null ? code : message;
  }

  public String hint() {
    return hint;
  }

  /** The mistakes in files that this is about; empty where it is about none. */
  public List<LocatedMistake> mistakes() {
    return mistakes;
  }
}
