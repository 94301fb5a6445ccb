package mlops.emulator.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A state that no other process has opened, nor can open until this is closed: whoever wants to
 * waits. So it can be copied as a whole, or another be put in its place.
 */
public final class StateHold implements AutoCloseable {
  private final InUseLock alone;

  private StateHold(InUseLock alone) {
    this.alone = alone;
  }

  /** Takes hold of a state that is there; empty where another process works on it. */
  public static Optional<StateHold> of(Path folder) {
    try {
      return InUseLock.alone(folder).map(StateHold::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      alone.release();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
