package mlops.cli.session;

import static picocli.CommandLine.ScopeType.INHERIT;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.error.MlopsException;
import mlops.profile.Profile;
import mlops.profile.ProfileFile;
import mlops.profile.ProfileOverrides;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command has, before or after its name. */
public final class GlobalOptions {
  /** The forms of output. */
  public enum Output {
    TEXT,
    JSON
  }

  private static final int MAX_PARALLELISM = 100;

  @Option(
      names = "--profile",
      scope = INHERIT,
      paramLabel = "FILE",
      description = "What to work on (./mlops.yml).")
  @Nullable Path profile;

  @Option(
      names = "--suffix",
      scope = INHERIT,
      paramLabel = "X",
      description = "The suffix of all names, in place of the profile's.")
  @Nullable String suffix;

  @Option(
      names = "--cloud",
      scope = INHERIT,
      paramLabel = "local|azure",
      description = "The Azure inside mlops, or the real one.")
  public Profile.@Nullable Cloud cloud;

  @Option(
      names = "--subscription",
      scope = INHERIT,
      paramLabel = "ID",
      description = "The subscription, in place of the profile's.")
  public @Nullable String subscription;

  @Option(
      names = "--state",
      scope = INHERIT,
      paramLabel = "DIR",
      description = "Where the local Azure lives ($MLOPS_STATE; .mlops beside the profile).")
  @Nullable Path state;

  @Option(
      names = "--faults",
      scope = INHERIT,
      paramLabel = "FILE",
      description = "Make the local Azure fail as FILE says ($MLOPS_FAULTS).")
  @Nullable Path faults;

  @Option(
      names = "--environments",
      scope = INHERIT,
      paramLabel = "exact|nearest",
      description = "The Python and the versions of packages that local jobs get (nearest).")
  public Profile.@Nullable PythonMatch environments;

  @Option(
      names = "--via",
      scope = INHERIT,
      paramLabel = "copy|registry",
      description = "How models come to the targets: promotion of the profile, or copy.")
  public Profile.@Nullable Via via;

  @Option(
      names = {"-o", "--output"},
      scope = INHERIT,
      paramLabel = "text|json",
      description = "The form of the output: for people, or one JSON document.")
  Output output = Output.TEXT;

  @Option(
      names = "--parallelism",
      scope = INHERIT,
      paramLabel = "N",
      description = "How many steps run at the same time (10).")
  int parallelism = 10;

  @Option(
      names = "--trace",
      scope = INHERIT,
      paramLabel = "FILE",
      description = "Write every request and answer as a HAR file, without secrets.")
  public @Nullable Path trace;

  @Option(
      names = {"-v", "--verbose"},
      scope = INHERIT,
      description = "Say more: warnings of the libraries, stack traces of failures.")
  public boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      scope = INHERIT,
      description = "Say nothing of steps and progress; errors stay.")
  public boolean quiet;

  /** The options that another command needs to work on the same: {@code " --suffix x"}. */
  public String again() {
    StringBuilder line = new StringBuilder();
    same().forEach(word -> line.append(' ').append(quoted(word)));
    return line.toString();
  }

  /** The same as words. */
  public List<String> same() {
    Map<String, Optional<?>> given = new LinkedHashMap<>();
    given.put("--profile", Optional.ofNullable(profile).map(Path::toAbsolutePath));
    given.put("--suffix", Optional.ofNullable(suffix));
    given.put("--cloud", Optional.ofNullable(cloud).map(EnumOptionConverter::word));
    given.put("--subscription", Optional.ofNullable(subscription));
    given.put("--environments", Optional.ofNullable(environments).map(EnumOptionConverter::word));
    given.put("--via", Optional.ofNullable(via).map(EnumOptionConverter::word));
    given.put("--state", Optional.ofNullable(state).map(Path::toAbsolutePath));
    List<String> words = new ArrayList<>();
    given.forEach((name, value) -> value.ifPresent(v -> words.addAll(List.of(name, v.toString()))));
    return words;
  }

  /** A value as a word of a command that a user may copy. */
  public static String quoted(Object value) {
    String text = value.toString();
    if (Shell.isWord(text)) {
      return text;
    }
    boolean windows =
        Shell.ofThisSystem() == Shell.POWERSHELL; // where both of its shells read these quotes
    return windows ? '"' + text + '"' : Shell.BASH.quoted(text);
  }

  /** The suffix that takes the place of the profile's. */
  public Optional<String> suffix() {
    return Optional.ofNullable(suffix);
  }

  public boolean json() {
    return output == Output.JSON;
  }

  /** How many steps run at the same time, checked. */
  public int parallelism() {
    if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
      throw MlopsException.invalid(
          "--parallelism is " + parallelism, "Give a number from 1 to " + MAX_PARALLELISM + ".");
    }
    return parallelism;
  }

  /**
   * The file that is asked for, else {@code mlops.yml} in the working directory, else the one that
   * came with mlops.
   */
  public Path profileFile() {
    Path here = Path.of("mlops.yml");
    return profile != null ? profile : sampleProfile().orElse(here);
  }

  /** Whether somebody named the file. */
  public boolean namesProfile() {
    return profile != null;
  }

  /** The profile that came with mlops, where it stands in for one that nobody named. */
  public Optional<Path> sampleProfile() {
    Path home = Path.of(System.getProperty("mlops.home", "")).resolve("mlops.yml");
    return profile == null && !Files.exists(Path.of("mlops.yml")) && Files.exists(home)
        ? Optional.of(home)
        : Optional.empty();
  }

  /** The profile, for commands that need no Azure. */
  public Profile profile(Map<String, String> environment) {
    ProfileOverrides overrides =
        new ProfileOverrides(
            Optional.ofNullable(suffix),
            Optional.ofNullable(cloud),
            Optional.ofNullable(subscription),
            Optional.ofNullable(environments),
            Optional.ofNullable(via));
    return ProfileFile.load(profileFile(), overrides, environment);
  }

  /** The folder of the local Azure, absolute. */
  public Path state(Map<String, String> environment) {
    String variable = environment.getOrDefault("MLOPS_STATE", "");
    Path folder = state;
    if (folder == null) {
      folder = variable.isBlank() ? profileFile().resolveSibling(".mlops") : Path.of(variable);
    }
    return folder.toAbsolutePath().normalize();
  }

  /** What is to go wrong in the local Azure. */
  public FaultTally faults(Map<String, String> environment) {
    String variable = environment.getOrDefault("MLOPS_FAULTS", "").strip();
    Path file = faults == null && !variable.isEmpty() ? Path.of(variable) : faults;
    return new FaultTally(Optional.ofNullable(file));
  }
}
