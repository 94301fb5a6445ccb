package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The schema takes what is kept of real runs, and notices what is none of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentSchemaTest {
  private ObjectNode document = new ObjectMapper().createObjectNode();

  @BeforeEach
  void read() throws IOException {
    document =
        (ObjectNode) new ObjectMapper().readTree(new File("src/test/resources/golden/run.json"));
    assertEquals(List.of(), DocumentSchema.violations(document));
  }

  private ObjectNode step() {
    return (ObjectNode) document.path("steps").path(0);
  }

  private void wrong(String expected) {
    assertEquals(List.of(expected), DocumentSchema.violations(document));
  }

  @Test
  void a_number_as_text_is_noticed() {
    step().put("seconds", "0.1");
    wrong("/steps/*/seconds is no \"number\"");
  }

  @Test
  void a_word_that_is_none_is_noticed() {
    step().put("outcome", "fine");
    wrong(
        "/steps/*/outcome is none of [\"planned\",\"unchanged\",\"applied\",\"failed\",\"refused\",\"blocked\",\"skipped\"]");
  }

  @Test
  void a_field_too_many_or_too_few_is_noticed() {
    document.put("more", 1);
    wrong("/more is not expected");
    document.remove("more");
    document.remove("result");
    wrong(" lacks \"result\"");
  }

  @Test
  void the_result_of_a_command_is_its_own() {
    document.put("command", "jobs");
    document.putObject("result").putObject("dev").put("workspace", "w").put("exists", true);
    wrong("/result/dev lacks \"jobs\"");
    JsonNode jobs = document.at("/result/dev");
    ((ObjectNode) jobs).putArray("jobs");
    assertEquals(List.of(), DocumentSchema.violations(document));
  }
}
