package mlops.emulator.state;

import java.io.IOException;
import java.nio.file.Path;

/** A newer mlops has written a state in a form that this one does not know. */
public final class NewerStateException extends IOException {
  private static final long serialVersionUID = 1;

  NewerStateException(Path folder, int version, int known) {
    super(
        "the state in %s has the form %d, of a newer mlops; this one knows forms up to %d"
            .formatted(folder, version, known));
  }
}
