package mlops.rehearsal.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import mlops.emulator.state.Folders;

/**
 * The files of the repository as they lie in the user's folder, committed or not; of a repository
 * of git those that it does not ignore.
 */
public record SourceTree(Path folder) {
  private static final Set<String> LEFT_OUT = Set.of(".git", ".mlops", "target", "node_modules");
  private static final int PATIENCE_SECONDS = 60;

  /**
   * Copies them; what is built of them goes along, so that no job builds it again, and what was
   * built of others stays behind.
   */
  public void copyTo(Path target) {
    try {
      List<String> known = listed();
      if (known.isEmpty()) {
        copyAll(target);
      } else {
        for (String file : known) {
          copy(folder.resolve(file), target.resolve(file));
        }
      }
      BuiltProgram built = new BuiltProgram(folder);
      if (built.isOfSources() && built.isCurrent()) {
        copy(folder.resolve(BuiltProgram.JAR), target.resolve(BuiltProgram.JAR));
        touchJar(target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies such a copy, which has no more than it should. */
  public void copyWholeTo(Path target) {
    try {
      for (Path file : Folders.files(folder)) {
        copy(file, target.resolve(folder.relativize(file).toString()));
      }
      touchJar(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is built is newer than the folders of its sources, which are new. */
  private static void touchJar(Path target) throws IOException {
    Path jar = target.resolve(BuiltProgram.JAR);
    if (Files.exists(jar)) {
      Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
    }
  }

  /** What {@code git} says; empty where this is no repository of its own, or there is no git. */
  private List<String> listed() throws IOException {
    return Files.exists(folder.resolve(".git"))
        ? Arrays.stream(git("ls-files", "-co", "--exclude-standard", "-z").split("\0"))
            .filter(f -> !f.isEmpty() && !f.startsWith(".mlops/"))
            .filter(f -> Files.isRegularFile(folder.resolve(f), LinkOption.NOFOLLOW_LINKS))
            .toList()
        : List.of();
  }

  /** The commit that is checked out; zeros where there is none. */
  public String commit() {
    try {
      String commit = git("rev-parse", "HEAD").strip();
      return commit.matches("[0-9a-f]{40}") ? commit : "0".repeat(40);
    } catch (IOException e) {
      return "0".repeat(40);
    }
  }

  private String git(String... words) throws IOException {
    List<String> line = new ArrayList<>(List.of("git", "-C", folder.toString()));
    line.addAll(Arrays.asList(words));
    Process git = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    git.getOutputStream().close();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return git.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0 ? said : "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private void copyAll(Path target) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
            boolean out = LEFT_OUT.contains(String.valueOf(at.getFileName()));
            return out && !at.equals(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              copy(file, target.resolve(folder.relativize(file).toString()));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(Objects.requireNonNull(to.getParent()));
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
  }
}
