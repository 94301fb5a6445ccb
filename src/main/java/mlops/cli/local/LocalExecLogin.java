package mlops.cli.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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
    Path log = folder.resolve("login.log");
    try {
      Files.createDirectories(folder);
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
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
