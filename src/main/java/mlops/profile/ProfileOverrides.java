package mlops.profile;

import java.util.Optional;

/** What the command line says in place of the file. */
public record ProfileOverrides(
    Optional<String> suffix,
    Optional<Profile.Cloud> cloud,
    Optional<String> subscription,
    Optional<Profile.PythonMatch> python,
    Optional<Profile.Via> via) {

  public static ProfileOverrides none() {
    return new ProfileOverrides(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
