package mlops.plan;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A value that one step learns and a later step needs, such as the name of a submitted job. Set
 * once; setting the same value again is allowed, since a step may look twice.
 */
public final class Output<T> {
  private final String name;
  private final AtomicReference<@Nullable T> value = new AtomicReference<>();

  public Output(String name) {
    this.name = name;
  }

  /**
   * The value, or empty while its step has not run: so it is in a plan of things yet to be made.
   */
  public Optional<T> ifKnown() {
    return Optional.ofNullable(value.get());
  }

  public T get() {
    return ifKnown()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the " + name + " is not known yet: its step has not run"));
  }

  public void set(T value) {
    T before = this.value.getAndSet(value);
    if (before != null && !before.equals(value)) {
      throw new IllegalStateException("the " + name + " is already " + before);
    }
  }
}
