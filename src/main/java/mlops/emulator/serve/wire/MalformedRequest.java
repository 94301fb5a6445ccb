package mlops.emulator.serve.wire;

import java.io.IOException;

/** A client broke the rules of HTTP; its connection ends with this answer. */
public final class MalformedRequest extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;

  public MalformedRequest(int status, String message) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
