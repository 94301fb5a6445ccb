package mlops.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import mlops.error.MlopsException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Values without quotes are what Azure's own client takes them for. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class YamlScalarsTest {
  private static final String REFUSED = "REFUSED";

  @TempDir Path folder;

  static Stream<String> scalars() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/assets/yaml-scalars.txt")).stream()
        .filter(line -> !line.startsWith("#"));
  }

  private String sent(String written, FieldOverrides overrides) throws IOException {
    String pipeline =
        """
        type: pipeline
        experiment_name: e
        settings: {default_compute: azureml:c}
        inputs:
          x: %s
        jobs:
          a:
            type: command
            command: echo ${{inputs.x}}
            environment: azureml:e:1
            inputs:
              x: ${{parent.inputs.x}}
        """
            .formatted(written);
    Path file = Files.writeString(folder.resolve("job.yml"), pipeline);
    try {
      return JobFile.read(file, overrides)
          .translate(new FixedWorkspace("w"))
          .resource()
          .body()
          .at("/properties/inputs/x/value")
          .asText();
    } catch (MlopsException e) {
      assertEquals(MlopsException.Kind.INVALID, e.kind());
      return REFUSED;
    }
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void an_input_is_sent_as_azures_client_sends_it(String line) throws IOException {
    int tab = line.indexOf('\t');
    assertEquals(line.substring(tab + 1), sent(line.substring(0, tab), FieldOverrides.none()));
  }

  @ParameterizedTest
  @CsvSource({"1e3,1e3", "1.10,1.1", "7,7", "1.0e+3,1000.0", "true,True", "007,007", "1E5,1E5"})
  void a_number_that_is_set_is_read_as_one_in_the_file(String given, String sent)
      throws IOException {
    FieldOverrides set = FieldOverrides.parse(java.util.List.of("inputs.x=" + given));
    assertEquals(sent, sent("1", set));
  }

  @Test
  void text_in_tags_needs_quotes_where_it_is_a_date_or_a_time() throws IOException {
    for (String value : new String[] {"2024-01-01", "1:30", "on"}) {
      Path file =
          Files.writeString(
              folder.resolve("tags.yml"),
              "command: echo\nenvironment: azureml:e:1\ncompute: azureml:c\ntags: {x: %s}\n"
                  .formatted(value));
      MlopsException e =
          org.junit.jupiter.api.Assertions.assertThrows(
              MlopsException.class, () -> JobFile.read(file, FieldOverrides.none()));
      assertEquals(true, e.message().contains("write it in quotes"), e.message());
    }
  }
}
