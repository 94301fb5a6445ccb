package mlops.rehearsal.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mlops.emulator.state.Folders;

/**
 * Where jobs work. Each finds them empty and under the same paths, so that what a launcher prepared
 * for a path serves the next job, too.
 *
 * @param root all that a job sees of the state
 * @param repository the name of the repository
 */
public record RunnerFolders(Path root, String repository) {

  /** The files of the repository as they were when the run began; jobs do not see this folder. */
  public Path source() {
    return root.resolveSibling("source");
  }

  /** {@code GITHUB_WORKSPACE}. */
  public Path workspace() {
    return root.resolve("work").resolve(repository).resolve(repository);
  }

  public Path home() {
    return root.resolve("home");
  }

  /** {@code RUNNER_TEMP}. */
  public Path temporary() {
    return root.resolve("work").resolve("_temp");
  }

  /** {@code RUNNER_TOOL_CACHE}. */
  public Path tools() {
    return root.resolve("tools");
  }

  /** Where a process writes down its process id. */
  public Path pidFile() {
    return root.resolve("process");
  }

  /** What steps print. */
  public Path output() {
    return root.resolve("output.txt");
  }

  /** The certificate that steps trust. */
  public Path certificate() {
    return root.resolve("ca.pem");
  }

  /** Empties all folders for a new job. */
  public void renew() {
    try {
      Folders.delete(root);
      for (Path folder : List.of(workspace(), home(), temporary(), tools())) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
