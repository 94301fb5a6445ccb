package mlops.emulator.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The form in which a state is written, as a number in the file {@code .version}. A state without
 * that file is of before there were numbers, and has the form 1.
 *
 * <p>Whoever changes the form raises the number, and here turns an older state into the new form
 * while it is opened, or refuses it by its number.
 */
public final class StateVersion {
  private static final int CURRENT = 1;

  /**
   * Asks that this program can read a state, and marks one that has no mark yet.
   *
   * @throws NewerStateException where a newer one has written it
   */
  static void require(Path folder) throws IOException {
    if (requireKnown(folder) == 0) {
      DurableFiles.write(folder.resolve(".version"), (CURRENT + "\n").getBytes(UTF_8));
    }
  }

  /** The same without a mark on the state; gives the number, or 0. */
  public static int requireKnown(Path folder) throws IOException {
    int version = read(folder.resolve(".version"));
    if (version > CURRENT) {
      throw new NewerStateException(folder, version, CURRENT);
    }
    return version;
  }

  /** The number; 0 where there is none yet. */
  private static int read(Path file) throws IOException {
    try {
      String text = Files.readString(file, UTF_8).strip();
      if (text.matches("\\d{1,9}")) {
        return Integer.parseInt(text);
      }
      throw new IOException("the state file %s holds no number".formatted(file));
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private StateVersion() {}
}
