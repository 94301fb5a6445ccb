package mlops.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Folders that only this run uses. A run that is killed leaves its own behind, with a whole model
 * or predictions in it, so a later one removes it: that is why they are named after their process.
 */
public final class TemporaryFolders {
  private static final String PREFIX = "mlops-work-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-.*");

  /** A process that cannot be seen from here, as in another container, has long ended by then. */
  private static final Duration LONG = Duration.ofDays(1);

  /** A new temporary folder that goes when the process ends. */
  public static Path temporary() {
    try {
      Path folder =
          Files.createTempDirectory("%s%d-".formatted(PREFIX, ProcessHandle.current().pid()));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
      removeAbandoned(folder, Instant.now().minus(LONG));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder can be made", e);
    }
  }

  /**
   * Removes the folders beside one of ours that killed processes of the same user left.
   *
   * @param before those that changed later stay
   */
  static void removeAbandoned(Path ours, Instant before) throws IOException {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(ours.resolveSibling(""), PREFIX + "*")) {
      for (Path folder : found) {
        removeIfAbandoned(folder, Files.getOwner(ours), before);
      }
    }
  }

  private static void removeIfAbandoned(Path folder, UserPrincipal owner, Instant before) {
    try {
      if (isAbandoned(folder, owner, before)) {
        remove(folder);
      }
    } catch (IOException | UncheckedIOException e) {
      return; // another run removes it just now, or nobody can: it takes space and no more
    }
  }

  private static boolean isAbandoned(Path folder, UserPrincipal owner, Instant before)
      throws IOException {
    Matcher name = NAME.matcher(folder.getFileName().toString());
    return name.matches()
        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner)
        && Files.getLastModifiedTime(folder).toInstant().isBefore(before);
  }

  /** Takes away what is in a folder. */
  public static void empty(Path folder) {
    remove(folder);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      FolderTree.remove(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be emptied", e);
    }
  }

  private TemporaryFolders() {}
}
