package mlops.cli.local;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import mlops.azure.Deadline;
import mlops.emulator.EmbeddedAzure;

/**
 * Logs the az of this machine in to the local Azure, as the local user, once for each state. What
 * az then knows lies in the state; the {@code ~/.azure} of the user is not touched.
 *
 * @param environment the variables that the command gets
 */
record LocalExecLogin(EmbeddedAzure azure, Map<String, String> environment) {
  private static final int LIMIT_SECONDS = 120;

  /** Logs in where that is not done yet. A sentence for the user where it failed. */
  Optional<String> ensure() throws InterruptedException {
    Path folder = LocalEnvVariables.azureFolder(azure);
    Path done = folder.resolve(".logged-in");
    if (Files.exists(done) || !hasAz()) {
      return Optional.empty();
    }
    try {
      Files.createDirectories(folder);
      return alone(
          folder.resolve(".login.lock"),
          () -> Files.exists(done) ? Optional.empty() : logIn(folder.resolve("login.log"), done));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Work that may fail as files and processes do. */
  private interface LoginWork {
    Optional<String> run() throws IOException, InterruptedException;
  }

  /** Does it while no other command does: two at once would write to the same files of az. */
  private static Optional<String> alone(Path lock, LoginWork work)
      throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(Duration.ofSeconds(LIMIT_SECONDS));
    try (FileChannel channel = FileChannel.open(lock, CREATE, WRITE)) {
      while (!isTaken(channel) && !deadline.isOver()) {
        deadline.pause(Duration.ofMillis(100));
      }
      return work.run();
    }
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      FileLock taken = channel.tryLock();
      return taken != null;
    } catch (OverlappingFileLockException e) {
      return false; // another command of this very process has it
    }
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
