package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --step}: one step after the other, as somebody types. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StepByStepTest {
  @TempDir Path folder;

  private Transcript demo() {
    return Transcript.frozen(folder).with(DemoCommand::new);
  }

  private String shownOnce(Transcript mlops, String text) {
    String out = mlops.out();
    int first = out.indexOf(text);
    assertTrue(first >= 0 && out.indexOf(text, first + 1) < 0, text + " in\n" + out + mlops.err());
    return out.substring(0, first);
  }

  @Test
  void each_step_with_something_to_do_waits_for_enter_and_the_others_pass_by() {
    Transcript mlops = demo().typing("\n\n\n\n");
    assertEquals(0, mlops.run("demo", "--step"), mlops::err);
    assertEquals(4, mlops.err().split("Enter do it", -1).length - 1, mlops::err);
    String before = shownOnce(mlops, "compute.dev  step 3 of 6");
    assertTrue(before.contains("created"), before);
    assertFalse(mlops.out().contains("workspace.dev  step"), mlops::out);
    assertTrue(mlops.out().contains("4 applied, 2 unchanged"), mlops::out);
  }

  @Test
  void what_is_skipped_takes_along_what_waits_for_it() {
    Transcript mlops = demo().typing("\ns\n\n");
    assertEquals(0, mlops.run("demo", "--step"), mlops::err);
    assertTrue(mlops.out().contains("skipped: not wanted"), mlops::out);
    assertTrue(mlops.out().contains("skipped: needs compute.dev"), mlops::out);
    assertTrue(mlops.out().contains("2 applied, 2 unchanged, 2 skipped"), mlops::out);
  }

  @Test
  void who_quits_is_told_where_it_goes_on_and_the_end_of_the_input_is_quitting() {
    for (String typed : new String[] {"\nq\n", "\n"}) {
      Transcript mlops = demo().typing(typed);
      assertEquals(0, mlops.run("demo", "--step"), mlops::err);
      assertTrue(
          mlops.out().contains("Stopped before compute.dev: 1 applied, 1 unchanged, 4 skipped."),
          mlops::out);
      assertFalse(mlops.out().contains("interrupted"), mlops::out);
    }
  }

  @Test
  void at_60_columns_no_key_is_parted_from_what_it_does() {
    Transcript mlops = demo().variable("MLOPS_COLUMNS", "60").typing("q\n");
    assertEquals(0, mlops.run("demo", "--step"), mlops::err);
    assertTrue(
        mlops
            .err()
            .replace("\r", "")
            .contains("Enter do it · p plan · w more · l look · s skip ·\n! shell · q quit > "),
        mlops::err);
  }

  @Test
  void an_unknown_key_asks_again_and_the_plan_shows_what_is_still_to_come() {
    Transcript mlops = demo().typing("\nx\np\nq\n");
    assertEquals(0, mlops.run("demo", "--step"), mlops::err);
    assertTrue(mlops.out().contains("No key 'x'."), mlops::out);
    assertTrue(mlops.out().contains("job taxi"), mlops::out);
    assertTrue(mlops.out().contains("after compute.dev"), mlops::out);
  }

  @Test
  void a_step_alone_runs_with_what_it_needs() {
    Site site = Site.sample(folder);
    assertEquals(0, site.run("bootstrap", "--step=container.test", "-o", "json"), site::said);
    assertEquals("applied", site.outcome("container.test").orElseThrow());
    assertEquals("applied", site.outcome("storage-account").orElseThrow());
    assertFalse(site.outcome("workspace.dev").isPresent(), site::said);
    Transcript mlops = site.mlops().typing("w\nq\n");
    assertEquals(0, site.run("bootstrap", "--step"), site::said);
    assertTrue(mlops.out().contains("  why   "), mlops::out);
    assertTrue(mlops.out().contains("  rest  PUT https://management.azure.com/"), mlops::out);
    assertTrue(mlops.out().contains("Stopped before "), mlops::out);
  }

  @Test
  void where_nobody_can_answer_it_says_so_and_a_wrong_id_is_named() {
    Transcript mlops = demo();
    assertEquals(2, mlops.run("demo", "--step"));
    assertTrue(mlops.err().contains("nobody is asked"), mlops::err);
    assertEquals(2, mlops.run("demo", "--step=compute.de"));
    assertTrue(mlops.err().contains("Did you mean compute.dev?"), mlops::err);
    assertEquals(2, demo().typing("\n").run("demo", "--step", "--plan"));
    assertEquals(2, demo().typing("\n").run("demo", "--step", "-o", "json"));
  }
}
