package mlops.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import mlops.emulator.EmbeddedCloud.Answer;
import mlops.emulator.http.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions of ARM templates, each in an output of a deployment. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class TemplateFunctionsTest {
  @TempDir Path folder;
  private TemplateRig rig;

  @BeforeEach
  void open() {
    rig = new TemplateRig(folder);
  }

  @Test
  void functions_answer_what_their_reference_says() throws IOException {
    Map<String, String> expected = examples();
    ObjectNode template = TemplateRig.template();
    List<String> expressions = new ArrayList<>(expected.keySet());
    for (int i = 0; i < expressions.size(); i++) {
      String plain = expressions.get(i);
      String value = plain.startsWith("[") ? plain : "[" + plain + "]";
      template
          .withObject("/outputs/o" + i)
          .put("type", "array")
          .put("value", "[createArray(" + value.substring(1, value.length() - 1) + ")]");
    }
    JsonNode outputs = rig.outputs("functions", template);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < expressions.size(); i++) {
      JsonNode actual = outputs.at("/o" + i + "/value/0");
      JsonNode wanted = Json.MAPPER.readTree(expected.get(expressions.get(i)));
      if (!actual.equals(wanted)) {
        wrong.add(expressions.get(i) + " is " + actual + ", not " + wanted);
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(expected.size() > 120, "the examples are read");
  }

  private static Map<String, String> examples() throws IOException {
    Map<String, String> examples = new LinkedHashMap<>();
    try (InputStream file =
        TemplateFunctionsTest.class.getResourceAsStream("/templates/functions.txt")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
        String[] parts = line.split(" => ", 2);
        examples.put(parts[0], parts[1]);
      }
    }
    return examples;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "toLower(1)|toLower",
        "toLower('a','b')|requires 1 argument",
        "less('a')|requires 2 argument",
        "div(1,0)|div",
        "int('x')|no integer",
        "bool('maybe')|neither true nor false",
        "createObject('a')|each key needs a value",
        "substring('abc',2,5)|substring",
        "indexFromEnd(createArray(1),2)|outside",
        "createObject('a',1).b|doesn't exist",
        "createArray(1)[3]|out of bounds",
        "format('{1}','a')|not given",
        "base64ToString('~')|not Base64",
        "cidrSubnet('10.0.0.0/24', 8, 0)|does not fit",
        "parseCidr('10.0.0/24')|CIDR",
        "map(createArray(1), 'x')|lambda",
        "lambda('x', 1)|not expected",
        "lambdaVariables('x')|not found",
        "copyIndex()|not expected",
        "newGuid()|not expected",
        "utcNow()|not expected",
        "managementGroup()|not expected",
        "resourceId('a','b')|resource type",
        "reference('nobody').x|not defined",
        "dateTimeAdd('2020-13-01','P1D')|ISO 8601",
        "fail('because of me')|because of me",
        "range(0,10001)|between 0 and 10000",
      })
  void what_a_function_does_not_take_is_refused_and_says_why(String expression, String why) {
    String problem = rig.refusal("[" + expression + "]");
    assertTrue(problem.contains(why), () -> problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pickZones('Microsoft.Compute','virtualMachines','eastus2')|pickZones",
        "toLogicalZone('s','eastus','eastus-az1')|toLogicalZone",
        "format('{0:C}', 1)|C",
      })
  void what_is_not_built_is_501_by_name(String expression, String name) {
    ObjectNode template = TemplateRig.template();
    template.withObject("/outputs/o").put("type", "string").put("value", "[" + expression + "]");
    Answer answer = rig.deploy("missing", template);
    String text = answer.json().toString();
    boolean early = answer.status() == 501;
    String problem = early ? text : rig.state("missing").toString();
    assertTrue(problem.contains("NotImplemented"), () -> problem);
    assertTrue(
        problem.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT)), () -> problem);
  }

  @Test
  void the_time_and_chance_are_for_default_values() {
    ObjectNode template = TemplateRig.template();
    parameter(template, "now", "[utcNow()]");
    parameter(template, "day", "[utcNow('d')]");
    parameter(template, "some", "[newGuid()]");
    for (String name : List.of("now", "day", "some")) {
      template
          .withObject("/outputs/" + name)
          .put("type", "string")
          .put("value", "[parameters('" + name + "')]");
    }
    JsonNode outputs = rig.outputs("chance", template);
    assertTrue(outputs.at("/now/value").asText().matches("\\d{8}T\\d{6}Z"));
    assertTrue(outputs.at("/day/value").asText().matches("\\d{2}/\\d{2}/\\d{4}"));
    assertEquals(36, outputs.at("/some/value").asText().length());
  }

  private static void parameter(ObjectNode template, String name, String value) {
    template.withObject("/parameters/" + name).put("type", "string").put("defaultValue", value);
  }
}
