package mlops.emulator.run.python;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.http.Json;
import mlops.emulator.run.python.build.EnvironmentBuild;
import mlops.emulator.run.python.build.Interpreter;
import mlops.emulator.run.python.build.VirtualEnvironment;
import mlops.emulator.run.python.requirement.PipRequirement;
import mlops.emulator.run.python.requirement.Requirements;
import mlops.emulator.state.DurableFiles;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an environment that is whole. It lies in its folder, and is written last.
 *
 * @param python the version that it has
 * @param asked the version that was asked for, where that is another one; else empty
 * @param wanted what was asked for; nothing for the user's own Python
 * @param builder what it was built with
 * @param changed what has another version than asked for: {@code scikit-learn 0.24.1 → 1.1.3}
 * @param leftOut what could not be had
 * @param conda the conda file, where a program of the conda family made it, or was to
 * @param trouble what that program said, where it could not
 */
public record EnvironmentRecord(
    String python,
    String asked,
    Requirements wanted,
    String builder,
    List<String> changed,
    List<String> leftOut,
    @Nullable String conda,
    @Nullable String trouble) {
  private static final String FILE = ".complete";

  /** What became of what was wanted. */
  static EnvironmentRecord of(
      Interpreter python, Requirements wanted, EnvironmentBuild.Made made, Path environment) {
    Map<String, String> installed = VirtualEnvironment.installed(environment);
    List<String> changed = new ArrayList<>();
    for (String line : wanted.all()) {
      PipRequirement asked = PipRequirement.parse(line);
      Optional.ofNullable(installed.get(asked.name()))
          .filter(version -> !asked.isMetBy(version))
          .map(version -> "%s %s → %s".formatted(asked.name(), asked.pin().orElse(""), version))
          .ifPresent(changed::add);
    }
    List<String> leftOut = new ArrayList<>(made.leftOut());
    leftOut.retainAll(wanted.wished()); // and not the tools, which nobody asked for
    boolean same = wanted.python().admit(python.version());
    return new EnvironmentRecord(
        python.version(),
        same ? "" : wanted.python().toString(),
        wanted,
        made.builder(),
        changed,
        leftOut,
        null,
        null);
  }

  /**
   * Of one that was to be made by a program of the conda family.
   *
   * @param said what that said, where it could not, so that this is what PyPI has of it
   */
  EnvironmentRecord ofConda(String file, @Nullable String said) {
    List<String> without = new ArrayList<>(leftOut);
    if (said != null) {
      without.addAll(wanted.leftOut());
    }
    return new EnvironmentRecord(python, asked, wanted, builder, changed, without, file, said);
  }

  /** What is said of one that is the user's own Python under the names that jobs use. */
  static EnvironmentRecord of(Interpreter python, EnvironmentBuild.Made made) {
    return new EnvironmentRecord(
        python.version(),
        "",
        Requirements.nothing(),
        made.builder(),
        List.of(),
        made.leftOut(),
        null,
        null);
  }

  /** What differs from the environment on Azure, for the log of a job: one line for each reason. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!asked.isEmpty()) {
      notes.add(
          "python=%s is not on this machine: this job has Python %s.".formatted(asked, python));
    }
    if (!changed.isEmpty()) {
      String all = String.join(", ", changed);
      notes.add("%s: the nearest for Python %s.".formatted(all, python));
    }
    if (!leftOut.isEmpty()) {
      notes.add(leftOut(String.join(", ", leftOut)));
    }
    if (trouble != null) {
      notes.add(trouble + " So this has what PyPI has of it.");
    }
    return notes;
  }

  static String leftOut(String wanted) {
    return "Left out: %s (for Azure only, or not to be had on this machine).".formatted(wanted);
  }

  /** The record of an environment; empty where it is not whole. */
  static Optional<EnvironmentRecord> in(Path environment) throws IOException {
    Path file = environment.resolve(FILE);
    if (!Files.exists(file) || !Files.exists(VirtualEnvironment.python(environment))) {
      return Optional.empty(); // never finished, or its Python has moved
    }
    try {
      return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), EnvironmentRecord.class));
    } catch (JacksonException e) {
      return Optional.empty(); // of an older mlops
    }
  }

  void write(Path environment) throws IOException {
    DurableFiles.write(environment.resolve(FILE), Json.MAPPER.writeValueAsBytes(this));
  }

  /** When it was last used; the time zero where it is not whole. */
  static Instant lastUsed(Path environment) throws IOException {
    Path file = environment.resolve(FILE);
    return Files.exists(file) ? Files.getLastModifiedTime(file).toInstant() : Instant.EPOCH;
  }

  /** Notes that an environment is used now. */
  static void used(Path environment) throws IOException {
    Files.setLastModifiedTime(environment.resolve(FILE), FileTime.from(Instant.now()));
  }
}
