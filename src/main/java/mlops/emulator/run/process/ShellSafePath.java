package mlops.emulator.run.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path that a shell takes as one word. Azure puts paths into commands as they are, and its own
 * paths have no spaces; a state folder may have, and is then reached through a link.
 *
 * @param path the plain path
 * @param link the folder made for the link, if there is one
 */
public record ShellSafePath(Path path, @Nullable Path link) implements AutoCloseable {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./\\\\~-]*");

  /** A plain path to a folder, until it is closed. */
  public static ShellSafePath to(Path folder) {
    if (PLAIN.matcher(folder.toString()).matches()) {
      return new ShellSafePath(folder, null);
    }
    try {
      Path place = Files.createTempDirectory("mlops-");
      Path path = Files.createSymbolicLink(place.resolve("job"), folder);
      return new ShellSafePath(path, place);
    } catch (UnsupportedOperationException e) {
      return new ShellSafePath(folder, null); // commands that quote their paths still work
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (link != null) {
      try {
        Files.deleteIfExists(path);
        Files.deleteIfExists(link);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
