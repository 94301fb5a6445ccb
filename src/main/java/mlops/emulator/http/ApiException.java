package mlops.emulator.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** A failure as Azure words it: a status, a machine-readable code and a message. */
public final class ApiException extends RuntimeException {
  private final int status;
  private final String code;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, String> details = new LinkedHashMap<>();

  public ApiException(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  public static ApiException notFound(String code, String message) {
    return new ApiException(404, code, message);
  }

  public static ApiException badRequest(String code, String message) {
    return new ApiException(400, code, message);
  }

  public static ApiException notImplemented(String message) {
    return new ApiException(501, "NotImplemented", message);
  }

  /** Adds a header to the answer, such as {@code WWW-Authenticate}. */
  public ApiException with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  /**
   * Adds an element to the body: of storage, such as {@code AuthenticationErrorDetail}; of a login,
   * the number in {@code error_codes}; of Key Vault, the code of its {@code innererror}.
   */
  public ApiException withDetail(String element, String text) {
    details.put(element, text);
    return this;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String message() {
    String message = getMessage();
    return message == null ? code : message;
  }

  /** The message with what its details say. */
  public String explanation() {
    return details.isEmpty() ? message() : message() + " " + String.join(" ", details.values());
  }

  Map<String, String> headers() {
    return headers;
  }

  Map<String, String> details() {
    return details;
  }
}
