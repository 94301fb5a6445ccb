package mlops.emulator;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is made by the first who needs it. */
final class Lazily<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private @Nullable T made;

  Lazily(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    T now = made;
    if (now == null) {
      now = maker.get();
      made = now;
    }
    return now;
  }
}
