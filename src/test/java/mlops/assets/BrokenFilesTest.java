package mlops.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mlops.Golden;
import mlops.error.MlopsException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of files that are wrong: those of {@code assets/broken.txt}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BrokenFilesTest {
  @TempDir private Path folder;

  @Test
  void each_mistake_is_told_with_its_place_and_the_way_out() throws IOException {
    String cases = Files.readString(TestFiles.resource("broken.txt"));
    StringBuilder said = new StringBuilder();
    for (String one : Stream.of(cases.split("(?m)^=== ")).skip(1).toList()) {
      int end = one.indexOf('\n');
      String title = one.substring(0, end);
      String kind = title.substring(0, title.indexOf(':'));
      said.append("=== ").append(title).append('\n');
      said.append(message(kind, one.substring(end + 1))).append('\n');
    }
    Golden.check("broken-files.txt", said.toString());
  }

  private String message(String kind, String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("file.yml"), yaml);
    MlopsException failure = assertThrows(MlopsException.class, () -> read(kind, file), yaml);
    assertEquals(MlopsException.Kind.INVALID, failure.kind());
    String here = Pattern.quote(folder.toString());
    String real = Pattern.quote(folder.toRealPath().toString());
    return failure
        .message()
        .replaceAll("(%s|%s)/".formatted(here, real), "")
        .replaceAll(here, "FOLDER");
  }

  private static void read(String kind, Path file) {
    if (kind.equals("job")) {
      JobFile.read(file, FieldOverrides.none());
    } else {
      AssetFileType type = AssetFileType.valueOf(kind.toUpperCase(Locale.ROOT));
      AssetFile.read(type, file, FieldOverrides.none());
    }
  }
}
