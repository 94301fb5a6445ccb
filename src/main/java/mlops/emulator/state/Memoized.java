package mlops.emulator.state;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is made when it is first asked for, and then kept. */
public final class Memoized<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private @Nullable T made;

  public Memoized(Supplier<T> maker) {
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
