package mlops.emulator.serve;

import java.io.IOException;

/** A client broke the rules of HTTP; its connection ends with this answer. */
final class BadRequest extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;

  BadRequest(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
