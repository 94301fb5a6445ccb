package mlops.emulator.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/**
 * A file of the state that does not hold what it should.
 *
 * @param problem what is wrong with it, such as {@code it holds no document}
 */
public record BrokenFile(Path file, String problem) {

  public static BrokenFile of(Path file, Exception e) {
    return new BrokenFile(file, words(e));
  }

  /** What is wrong, without where in the text, which the JSON reader tells on further lines. */
  private static String words(Exception e) {
    if (e instanceof JsonProcessingException broken) {
      return broken.getOriginalMessage();
    }
    if (e instanceof AccessDeniedException) {
      return "it may not be read";
    }
    Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
    String message = cause == null ? null : cause.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }

  /** The failure of whoever needs the file. */
  public UncheckedIOException failure(Exception cause) {
    return new UncheckedIOException(
        new IOException("the state file %s cannot be read: %s".formatted(file, problem), cause));
  }
}
