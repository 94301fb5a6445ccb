package mlops.profile;

import java.util.Optional;

/** What the command line says in place of the file. */
public record Overrides(
    Optional<String> suffix, Optional<Profile.Cloud> cloud, Optional<String> subscription) {

  public static Overrides none() {
    return new Overrides(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
