package mlops.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.run.process.Machine;
import mlops.rehearsal.host.SourceTree;
import mlops.rehearsal.log.StepFailure;

/** Actions that prepare a job: its files, Java, Python; all from what this machine has. */
final class SetupActions {

  /** The files of the user's folder, as they were when the run began. */
  static void checkout(StepCall call) {
    call.allow("persist-credentials", "fetch-depth", "clean", "show-progress");
    new SourceTree(call.host().folders().source()).copyWholeTo(call.workspace());
    call.log().say("The files of %s, committed or not".formatted(call.host().source()));
  }

  /** The Java that runs this. */
  static void java(StepCall call) {
    call.allow("distribution", "java-version", "cache", "check-latest");
    String wanted = call.input("java-version", "17");
    int feature = Runtime.version().feature();
    String major = wanted.replaceFirst("^1\\.", "").replaceFirst("\\D.*", "");
    if (major.isEmpty() || feature < Integer.parseInt(major)) {
      throw new StepFailure(
          "Java %s is not on this machine: a rehearsal has the Java %d that runs it"
              .formatted(wanted, feature));
    }
    Path home = Path.of(System.getProperty("java.home"));
    tell(call, "Java " + Runtime.version(), Map.of("JAVA_HOME", home.toString()), home);
  }

  /** The Python of this machine that fits. */
  static void python(StepCall call) {
    call.allow("python-version", "cache", "check-latest");
    String wanted = call.input("python-version", "3");
    String minor = wanted.replaceFirst("^(\\d+(\\.\\d+)?).*", "$1");
    Path python =
        Optional.of("python" + minor)
            .flatMap(Machine::program)
            .orElseThrow(
                () -> new StepFailure("Python %s is not on this machine".formatted(wanted)));
    Path folder = call.host().folders().tools().resolve("python");
    try {
      Files.createDirectories(folder.resolve("bin"));
      for (String name : List.of("python", "python3")) {
        Files.deleteIfExists(folder.resolve("bin").resolve(name));
        Files.createSymbolicLink(folder.resolve("bin").resolve(name), python.toAbsolutePath());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tell(call, python.toString(), Map.of("pythonLocation", folder.toString()), folder);
  }

  /** What later steps find by their variables. */
  private static void tell(StepCall call, String what, Map<String, String> env, Path home) {
    call.log().say("Using " + what);
    try {
      StringBuilder lines = new StringBuilder();
      env.forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
      Files.writeString(Path.of(call.variables().getOrDefault("GITHUB_ENV", "")), lines);
      Files.writeString(
          Path.of(call.variables().getOrDefault("GITHUB_PATH", "")), home.resolve("bin") + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SetupActions() {}
}
