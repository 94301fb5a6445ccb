package mlops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What users see, kept in files under {@code src/test/resources/golden}. One command writes them
 * anew: {@code ./mvnw test -Dgolden=refresh}; look at the difference before you commit it.
 */
public final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  /** Compares with the file, line ends aside, or writes it when that is asked for. */
  public static void check(String file, String actual) throws IOException {
    check(FOLDER.resolve(file), actual);
  }

  /** The same for a file that lies elsewhere, such as a page of documentation. */
  public static void check(Path file, String actual) throws IOException {
    String text = actual.replace("\r\n", "\n");
    if (System.getProperty("golden", "").equals("refresh")) {
      Files.writeString(file, text);
      return;
    }
    assertEquals(
        Files.readString(file).replace("\r\n", "\n"),
        text,
        () -> file + " differs; if that is right: ./mvnw test -Dgolden=refresh");
  }

  private Golden() {}
}
