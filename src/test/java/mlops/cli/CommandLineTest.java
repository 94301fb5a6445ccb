package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mlops.Golden;
import mlops.azure.trace.HarSchema;
import mlops.cli.terminal.TypedCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandLineTest {
  private static final Set<String> ACTIONS = Set.of("none", "create", "update", "delete", "run");
  private static final Set<String> OUTCOMES =
      Set.of("planned", "unchanged", "applied", "failed", "refused", "blocked", "skipped");

  @TempDir Path state;
  private Transcript mlops = Transcript.frozen(Path.of(""));

  @BeforeEach
  void start() {
    mlops = Transcript.frozen(state.resolve("azure")).with(DemoCommand::new);
  }

  @Test
  void help_is_as_kept() throws IOException {
    assertEquals(0, mlops.run("--help"));
    Golden.check("help.txt", mlops.out());
    assertEquals("", mlops.err());
  }

  @Test
  void help_of_every_command_fits_in_80_columns_and_says_what_all_commands_take()
      throws IOException {
    for (String command : commands("", mlops)) {
      assertEquals(0, mlops.run((command + " --help").strip().split(" ")));
      String help = mlops.out();
      assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
      assertTrue(help.contains("Global options, before or after the command:"), help);
      assertEquals(command.isEmpty(), help.contains("  130 interrupted"), help);
      if (!command.isEmpty()) {
        String typed = new TypedCommand("./x").in("mlops " + command);
        assertTrue(
            command.equals("demo") || typed.equals("./x " + command),
            "TypedCommand lacks " + command);
        Golden.check("help-" + command.replace(' ', '-') + ".txt", help);
      }
    }
  }

  /** The words of every command that the help shows. */
  private static List<String> commands(String parent, Transcript mlops) {
    List<String> found = new ArrayList<>(List.of(parent));
    mlops.run((parent + " --help").strip().split(" "));
    String[] parts = mlops.out().split("Commands:\\R");
    if (parts.length == 2) {
      Pattern.compile("(?m)^  ([a-z-]+)  ")
          .matcher(parts[1].split("\\R\\R")[0])
          .results()
          .forEach(m -> found.addAll(commands((parent + " " + m.group(1)).strip(), mlops)));
    }
    return found;
  }

  @Test
  void every_command_has_one_document_for_wrong_usage_and_for_a_wrong_profile() {
    for (String command : commands("", mlops)) {
      for (String form :
          List.of("-o json", "-ojson", "-o=JSON", "--output json", "--output=JSON")) {
        String words = "%s --nonsense %s".formatted(command, form).strip();
        assertEquals(2, mlops.run(words.split(" ")), words);
        shape(mlops.json(), command);
        assertEquals("InvalidUsage", mlops.json().at("/error/code").asText(), words);
        assertEquals("", mlops.err(), words);
      }
    }
    for (String words :
        List.of(
            "bootstrap",
            "train",
            "promote --to test",
            "batch-score --env prod",
            "compare",
            "report",
            "replay",
            "rollback --env test",
            "destroy --yes",
            "drift",
            "github connect --repo octo-org/taxi",
            "github workflow",
            "github status --repo octo-org/taxi",
            "github disconnect --repo octo-org/taxi",
            "status")) {
      assertEquals(2, mlops.run((words + " --profile nowhere.yml -o json").split(" ")), words);
      shape(mlops.json(), words.split(" --")[0]);
      assertEquals("InvalidInput", mlops.json().at("/error/code").asText(), words);
      assertEquals("", mlops.err(), words);
    }
    assertFalse(Files.exists(state.resolve("azure")));
  }

  @Test
  void options_are_understood_before_and_after_the_command() {
    assertEquals(0, mlops.run("-o", "json", "--suffix", "y", "demo", "--plan"));
    JsonNode before = mlops.json();
    assertEquals(0, mlops.run("demo", "--plan", "--suffix", "y", "-o", "json"));
    assertEquals(before, mlops.json());
    assertEquals("y", before.path("suffix").asText());
    assertEquals(0, mlops.run("--suffix", "y", "demo", "-o", "json", "--plan"));
    assertEquals(before, mlops.json());
  }

  /** The fields of the document that the README names, with their types. */
  static void shape(JsonNode document, String command) {
    assertEquals(command, document.path("command").asText(), document::toString);
    boolean early = document.path("suffix").isNull(); // before the profile was read
    assertTrue(
        Set.of("local", "azure").contains(document.path("cloud").asText())
            || (early && document.path("cloud").isNull()),
        document::toString);
    assertTrue(document.has("suffix") && document.path("steps").isArray());
    assertTrue(document.path("result").isObject());
    for (JsonNode step : document.path("steps")) {
      assertTrue(ACTIONS.contains(step.path("action").asText()), step::toString);
      assertTrue(OUTCOMES.contains(step.path("outcome").asText()), step::toString);
      assertTrue(step.path("seconds").isNumber() && step.has("reason") && step.has("title"));
      assertEquals(
          List.of("failed", "refused").contains(step.path("outcome").asText()),
          step.path("error").isObject());
    }
  }

  @Test
  void a_plan_is_as_kept_and_changes_nothing() throws IOException {
    assertEquals(0, mlops.run("demo", "--plan"));
    Golden.check("plan.txt", mlops.out());
    assertEquals("", mlops.err());
    assertEquals(4, mlops.run("demo", "--plan", "--detailed-exitcode"));
    assertEquals(0, mlops.run("demo", "--plan", "--detailed-exitcode", "--done"));
    assertEquals(4, mlops.run("demo", "--plan", "--detailed-exitcode", "-q"));
    assertEquals("", mlops.out());
    assertEquals(2, mlops.run("demo", "--detailed-exitcode"));
    assertTrue(mlops.err().contains("Add --plan"), mlops.err());
  }

  @Test
  void a_plan_in_json_is_as_kept() throws IOException {
    assertEquals(0, mlops.run("-o", "json", "demo", "--plan"));
    Golden.check("plan.json", mlops.out());
  }

  @Test
  void a_run_tells_each_step_and_its_result() throws IOException {
    assertEquals(0, mlops.run("demo", "--suffix", "x", "--parallelism", "1"));
    Golden.check("run.txt", inOrder(mlops.out()));
    assertTrue(mlops.err().contains("old: working on deployment old"), mlops.err());
    assertEquals(0, mlops.run("demo", "-o", "json"));
    Golden.check("run.json", mlops.out());
    assertEquals(0, mlops.run("demo", "-q"));
    assertEquals("", mlops.out() + mlops.err());
  }

  @Test
  void a_failure_of_azure_has_its_code_and_a_way_out() throws IOException {
    assertEquals(1, mlops.run("demo", "--fail", "azure", "--parallelism=1"));
    Golden.check("failed.txt", inOrder(mlops.out()));
    Golden.check(
        "failed-errors.txt", withoutIds(mlops.err()).replaceAll("(?m)^  \\S+: working .*\\R", ""));
    assertEquals(1, mlops.run("demo", "--fail", "azure", "-o", "json"));
    Golden.check("failed.json", withoutIds(mlops.out()));
  }

  @Test
  void a_stack_trace_is_shown_only_when_asked_for() {
    assertEquals(1, mlops.run("demo", "--fail", "bug"));
    assertFalse(mlops.err().contains("\tat "), mlops.err());
    assertTrue(mlops.err().contains("This is a bug in mlops."), mlops.err());
    assertEquals(1, mlops.run("demo", "--fail", "bug", "-v"));
    assertTrue(mlops.err().contains("\tat mlops.cli.DemoCommand"), mlops.err());
  }

  @Test
  void gates_and_wrong_files_have_exit_codes_of_their_own() {
    assertEquals(3, mlops.run("demo", "--fail", "gate"));
    assertEquals(2, mlops.run("demo", "--fail", "yaml"));
  }

  @Test
  void wrong_usage_ends_with_2_and_sends_nothing() throws IOException {
    assertEquals(2, mlops.run("demo", "--sufix", "x"));
    Golden.check("usage-errors.txt", mlops.err());
    assertEquals(2, mlops.run("deme"));
    assertTrue(mlops.err().contains("Did you mean demo?"), mlops.err());
    assertEquals(2, mlops.run("demo", "now"));
    assertTrue(mlops.err().contains("mlops demo takes no now"), mlops.err());
    assertEquals(2, mlops.run("local", "statsu"));
    assertTrue(mlops.err().contains("Did you mean status?"), mlops.err());
    assertEquals(0, mlops.run());
    assertEquals(2, mlops.run("local"));
    assertEquals(2, mlops.run("demo", "-o", "xml"));
    assertEquals(2, mlops.run("demo", "--parallelism", "0"));
    assertEquals(2, mlops.run("demo", "--profile", "nowhere.yml"));
    assertTrue(mlops.err().contains("There is no profile nowhere.yml"), mlops.err());
    assertFalse(Files.exists(state.resolve("azure")));
  }

  @Test
  void wrong_usage_and_a_wrong_profile_are_one_json_document_too() {
    assertEquals(2, mlops.run("demo", "--nonsense", "-o", "json"));
    assertEquals("InvalidUsage", mlops.json().path("error").path("code").asText());
    assertEquals(2, mlops.run("demo", "--profile", "nowhere.yml", "-o", "json"));
    JsonNode document = mlops.json();
    assertEquals("demo", document.path("command").asText());
    assertEquals("InvalidInput", document.path("error").path("code").asText());
    assertEquals("", mlops.err());
  }

  @Test
  void azure_without_a_subscription_is_refused_before_anything_is_sent() throws IOException {
    assertEquals(2, mlops.run("demo", "--cloud", "azure"));
    Golden.check("no-subscription.txt", mlops.err());
  }

  @Test
  void a_trace_shows_each_exchange_without_secrets_also_of_a_run_that_fails() throws IOException {
    Path trace = state.resolve("t.har");
    assertEquals(1, mlops.run("demo", "--fail", "azure", "--trace", trace.toString()));
    String text = Files.readString(trace);
    JsonNode log = new ObjectMapper().readTree(text).path("log");
    assertEquals("1.2", log.path("version").asText());
    JsonNode entry = log.path("entries").path(0);
    assertEquals("GET", entry.path("request").path("method").asText());
    assertEquals(404, entry.path("response").path("status").asInt());
    assertTrue(entry.path("response").path("content").path("text").asText().contains("none"));
    assertFalse(text.contains("Bearer"), text);
    assertEquals(List.of(), HarSchema.violations(new ObjectMapper().readTree(text)));
    assertEquals(2, mlops.run("demo", "--trace", "nowhere/t.har"));
    assertEquals(0, mlops.run("demo", "--trace", trace.toString()), "an older trace is replaced");
    Path other = Files.writeString(state.resolve("mlops.yml"), "suffix: x");
    assertEquals(2, mlops.run("demo", "--trace", other.toString()));
    assertEquals("suffix: x", Files.readString(other));
  }

  @Test
  void the_version_is_one_line() {
    assertEquals(0, mlops.run("--version"));
    assertTrue(mlops.out().matches("mlops .+\\R"), mlops.out());
  }

  /** The lines of the steps, which end in any order, as the alphabet has them. */
  private static String inOrder(String text) {
    String[] parts = text.split("\\R\\R", 2);
    return parts[0].lines().sorted().collect(Collectors.joining("\n")) + "\n\n" + parts[1];
  }

  private static String withoutIds(String text) {
    return text.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<id>");
  }
}
