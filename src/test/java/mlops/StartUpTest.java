package mlops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help and version are quick because they load next to nothing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StartUpTest {

  @ParameterizedTest
  @ValueSource(strings = {"--version", "--help"})
  void no_class_of_azure_or_yaml_is_loaded_for(String option)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                option)
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), text);
    List<String> heavy =
        text.lines()
            .filter(line -> line.matches(".*\\] (com\\.azure|org\\.yaml|org\\.duckdb|reactor).*"))
            .toList();
    assertTrue(heavy.isEmpty(), heavy::toString);
  }
}
