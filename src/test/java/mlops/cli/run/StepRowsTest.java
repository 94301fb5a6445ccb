package mlops.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import mlops.cli.DemoCommand;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.SingleJsonOutput;
import mlops.cli.terminal.Style;
import mlops.cli.terminal.TerminalWidth;
import mlops.cli.terminal.TypedCommand;
import mlops.plan.Change;
import mlops.plan.Recipe;
import mlops.plan.StepResult;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Steps as lines, in terminals of every width. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StepRowsTest {
  private static final String LONG =
      "input azureml://datastores/mlopsdemotestcointainer/paths/taxibatch/taxi-batch.csv";

  private final Recipe recipe =
      Recipe.named("test")
          .step("resource-group", step("resource group rg-demo", Change.create("is not there")))
          .step("input.test", step(LONG, Change.update("max_instances 3 → 6, min_instances 0 → 1")))
          .build();

  @Test
  void in_a_pipe_nothing_is_left_out_or_broken() {
    List<String> lines = lines(TerminalWidth.ANY);
    assertEquals(2, lines.size());
    assertTrue(lines.get(1).contains(LONG), lines::toString);
  }

  @Test
  void in_eighty_columns_no_name_is_cut_and_what_is_too_long_has_a_line_of_its_own() {
    assertEquals(
        List.of(
            "+ resource-group  resource group rg-demo                created  2.0 s",
            "~ input.test      input",
            "                  azureml://datastores/mlopsdemotestcointainer/paths/taxibatch/taxi-batch.csv",
            "                  updated: max_instances 3 → 6, min_instances 0 → 1  2.0 s"),
        lines(80));
  }

  @Test
  void what_is_too_long_for_a_line_of_its_own_is_broken_between_words() {
    assertEquals(
        List.of(
            "~ input.test      input",
            "                  azureml://datastores/mlopsdemotestcointainer/paths/taxibatch/taxi-batch.csv",
            "                  updated: max_instances 3 → 6,",
            "                  min_instances 0 → 1  2.0 s"),
        lines(48).subList(2, 6));
  }

  @Test
  void where_little_room_is_left_beside_the_id_the_title_stands_below_it() {
    String name = "input.of-a-very-long-name";
    Recipe narrow = Recipe.named("test").step(name, step(LONG, Change.create("new"))).build();
    StepRows rows = new StepRows(narrow, new Style(false), 40);
    StepResult made =
        new StepResult.Applied(narrow.nodes().get(0), Change.create("new"), Duration.ofSeconds(2));
    assertEquals(
        List.of(
            "+ " + name,
            "                    input",
            "                    " + LONG.substring("input ".length()),
            "                    created  2.0 s"),
        rows.ended(made).lines().toList());
  }

  @Test
  void a_title_is_whole_again_where_it_has_the_line_for_itself() {
    String all = String.join("|", lines(100));
    assertTrue(all.contains(LONG + "|                  updated: max"), all);
  }

  @Test
  void what_is_under_way_is_one_line_however_narrow() {
    StepRows rows = new StepRows(recipe, new Style(false), 20);
    assertEquals(
        "… input.test      input azureml://dat…  2.0 s",
        rows.running(recipe.nodes().get(1), Duration.ofSeconds(2), ""));
  }

  @Test
  void printed_in_a_terminal_they_have_colours_and_show_no_codes() {
    StringWriter written = new StringWriter();
    PrintWriter out = new PrintWriter(written);
    Console console =
        new Console(
            out,
            out,
            true,
            true,
            Reader.nullReader(),
            new SingleJsonOutput(),
            TypedCommand.plain());
    Recipe.Node node = recipe.nodes().get(0);
    StepRows rows = new StepRows(recipe, console.style(), 80);
    console
        .out()
        .println(
            rows.ended(new StepResult.Applied(node, node.step().check(), Duration.ofSeconds(2))));
    console.out().flush();
    assertEquals(
        "\u001b[32m+\u001b[0m resource-group  resource group rg-demo                created"
            + "  \u001b[2m2.0 s\u001b[0m"
            + System.lineSeparator(),
        written.toString());
  }

  private List<String> lines(int columns) {
    StepRows rows = new StepRows(recipe, new Style(true), columns);
    return recipe.nodes().stream()
        .map(n -> new StepResult.Applied(n, n.step().check(), Duration.ofSeconds(2)))
        .flatMap(result -> rows.ended(result).lines())
        .map(Style::plain)
        .toList();
  }

  private static DemoCommand.Scripted step(String title, Change change) {
    return new DemoCommand.Scripted(title, change, notes -> {});
  }
}
