package mlops.emulator.github.account;

import java.util.Locale;

/** What somebody may do in a repository; each role includes those before it. */
public enum Role {
  NONE,
  READ,
  TRIAGE,
  WRITE,
  MAINTAIN,
  ADMIN;

  static Role of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
