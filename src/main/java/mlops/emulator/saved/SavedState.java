package mlops.emulator.saved;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A state that is kept under a name.
 *
 * @param folder where it lies
 * @param saved when
 * @param files how many it has
 * @param bytes how much they hold; contents that other states hold too take no room of their own
 */
public record SavedState(String name, Path folder, Instant saved, int files, long bytes) {

  /** The state itself. */
  public Path state() {
    return folder.resolve("state");
  }
}
