package mlops.emulator.github.environment;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.emulator.state.StateTree;

/** Secrets or variables by name, as documents below the environment or repository they are of. */
public final class StoredValues {
  private final StateTree state;
  private final Clock clock;
  private final String kind;

  private StoredValues(StateTree state, Clock clock, String kind) {
    this.state = state;
    this.clock = clock;
    this.kind = kind;
  }

  public static StoredValues secrets(StateTree state, Clock clock) {
    return new StoredValues(state, clock, "secrets");
  }

  public static StoredValues variables(StateTree state, Clock clock) {
    return new StoredValues(state, clock, "variables");
  }

  /**
   * All of an owner, by name.
   *
   * @param owner the path of an environment or a repository
   */
  public List<StoredValue> all(String owner) {
    return state.list(owner + "/" + kind, StoredValue::of);
  }

  public Optional<StoredValue> find(String owner, String name) {
    return state.read(path(owner, name), StoredValue::of);
  }

  /** Writes a value. Says whether it is new. */
  public boolean put(String owner, String name, String value) {
    return state.exclusively(
        () -> {
          String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
          Optional<StoredValue> old = find(owner, name);
          String created = old.map(StoredValue::createdAt).orElse(now);
          StoredValue fresh = new StoredValue(name.toUpperCase(Locale.ROOT), value, created, now);
          state.write(path(owner, name), fresh.document());
          return old.isEmpty();
        });
  }

  /** Says whether it was there. */
  public boolean delete(String owner, String name) {
    return state.exclusively(() -> state.delete(path(owner, name)));
  }

  private String path(String owner, String name) {
    return owner + "/" + kind + "/" + name;
  }
}
