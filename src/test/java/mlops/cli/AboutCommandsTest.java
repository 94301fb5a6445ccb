package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tells of mlops itself. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AboutCommandsTest {
  @TempDir Path folder;

  private String said(String... words) {
    Transcript mlops = Transcript.frozen(folder);
    assertEquals(0, mlops.run(words), mlops::err);
    return mlops.out();
  }

  @Test
  void mlops_alone_and_help_and_the_option_show_the_same() {
    String help = said("--help");
    assertEquals(help, said());
    assertEquals(help, said("help"));
    assertEquals(said("local", "serve", "--help"), said("help", "local", "serve"));
    Transcript mlops = Transcript.frozen(folder);
    assertEquals(2, mlops.run("help", "local", "serv"));
    assertTrue(mlops.err().contains("mlops local has no command 'serv'"), mlops::err);
    assertTrue(mlops.err().contains("Did you mean serve?"), mlops::err);
  }

  @Test
  void the_versions_of_all_that_matters_are_told_in_both_forms() {
    String text = said("version");
    assertTrue(text.lines().anyMatch(l -> l.matches("azure-identity +\\d+\\.\\d+\\.\\d+")), text);
    assertTrue(text.contains(System.getProperty("java.version")), text);
    Transcript mlops = Transcript.frozen(folder);
    assertEquals(0, mlops.run("version", "-o", "json"), mlops::err);
    JsonNode result = mlops.json().path("result");
    assertTrue(result.path("azure-storage-blob").asText().matches("\\d+\\..*"), mlops::out);
  }
}
