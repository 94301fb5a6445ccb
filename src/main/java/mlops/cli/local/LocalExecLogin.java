package mlops.cli.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import mlops.azure.time.Deadline;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.state.ProcessLocks;

/**
 * Logs the az of this machine in to the local Azure, as the local user, once for each state. What
 * az then knows lies in the state; the {@code ~/.azure} of the user is not touched.
 *
 * @param environment the variables that the command gets
 */
record LocalExecLogin(EmbeddedAzure azure, Map<String, String> environment) {
  private static final int LIMIT_SECONDS = 120;
  private static final String LOCK = "az login";

  /** Whether the command has an az that is logged in. */
  boolean isDone() {
    return hasAz() && Files.exists(done());
  }

  private Path done() {
    return LocalEnvVariables.azureFolder(azure).resolve(".logged-in");
  }

  /** Logs in where that is not done yet. A sentence for the user where it failed. */
  Optional<String> ensure() throws InterruptedException {
    Path folder = LocalEnvVariables.azureFolder(azure);
    Path done = done();
    if (Files.exists(done) || !hasAz()) {
      return Optional.empty();
    }
    Optional<ProcessLocks.Held> alone = alone();
    try {
      Files.createDirectories(folder);
      return Files.exists(done) ? Optional.empty() : logIn(folder.resolve("login.log"), done);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      alone.ifPresent(ProcessLocks.Held::close);
    }
  }

  /**
   * Waits until no other command logs in: two at once would write to the same files of az. One that
   * hangs is not waited for.
   */
  private Optional<ProcessLocks.Held> alone() {
    Deadline deadline = Deadline.in(Duration.ofSeconds(LIMIT_SECONDS));
    ProcessLocks locks = azure.state().locks();
    Optional<ProcessLocks.Held> held = locks.tryLock(LOCK);
    while (held.isEmpty() && !deadline.isOver()) {
      deadline.pause(Duration.ofMillis(100));
      held = locks.tryLock(LOCK);
    }
    return held;
  }

  private Optional<String> logIn(Path log, Path done) throws IOException, InterruptedException {
    ProcessBuilder login =
        new ProcessBuilder("az", "login", "--use-device-code", "--output", "none")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    login.environment().clear();
    login.environment().putAll(environment);
    Process process = login.start();
    if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
      Files.createFile(done);
      return Optional.empty();
    }
    process.destroy();
    return Optional.of("az could not be logged in to the local Azure; see " + log);
  }

  private boolean hasAz() {
    String path = environment.getOrDefault("PATH", "");
    for (String folder : path.split(Pattern.quote(File.pathSeparator))) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder).resolve("az"))) {
        return true;
      }
    }
    return false;
  }
}
