package mlops.steps;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Where the work comes from.
 *
 * @param commit the full hash of the commit that is checked out
 * @param dirty whether files differ from it
 */
public record GitCheckout(String commit, boolean dirty) {
  private static final int SECONDS = 10;

  /** The state of the checkout that a folder lies in; empty outside one, or without git. */
  public static Optional<GitCheckout> of(Path folder) {
    return git(folder, "rev-parse", "HEAD")
        .flatMap(
            commit ->
                git(folder, "status", "--porcelain")
                    .map(changes -> new GitCheckout(commit.strip(), !changes.isBlank())));
  }

  /**
   * Whether the repository that a folder lies in has a commit.
   *
   * @param commit a hash, as somebody noted it
   */
  public static boolean holds(Path folder, String commit) {
    return commit.matches("[0-9a-f]{7,64}")
        && git(folder, "cat-file", "-e", commit + "^{commit}").isPresent();
  }

  private static Optional<String> git(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS)
          .execute(process::destroyForcibly); // what is read ends with it
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(out) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // no git on this machine
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
