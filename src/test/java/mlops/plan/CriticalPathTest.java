package mlops.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a run still has to wait for, by what its steps took last time. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CriticalPathTest {
  private static final Map<String, Duration> LAST =
      Map.of("ground", s(2), "job", s(20), "upload", s(5), "score", s(8), "report", s(1));

  private final Recipe recipe =
      Recipe.named("test")
          .step("ground", new NoStep())
          .step("job", new NoStep(), "ground")
          .step("upload", new NoStep(), "ground")
          .step("score", new NoStep(), "upload", "job")
          .step("report", new NoStep())
          .build();

  private record NoStep() implements Step {
    @Override
    public String describe() {
      return "nothing";
    }

    @Override
    public Change check() {
      return Change.none();
    }

    @Override
    public void apply(StepMessages messages) {}
  }

  private static Duration s(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static List<String> names(CriticalPath path) {
    return path.steps().stream().map(CriticalPath.Part::step).toList();
  }

  @Test
  void it_is_the_longest_way_and_not_the_sum_of_all_steps() {
    CriticalPath path = CriticalPath.of(recipe, LAST, Set.of(), Map.of());
    assertEquals(s(30), path.left());
    assertEquals(List.of("ground", "job", "score"), names(path));
    assertTrue(path.whole());
  }

  @Test
  void what_has_ended_and_what_a_running_step_has_done_counts_no_more() {
    CriticalPath path =
        CriticalPath.of(recipe, LAST, Set.of("ground"), Map.of("job", s(18), "upload", s(1)));
    assertEquals(s(12), path.left());
    assertEquals(List.of("upload", "score"), names(path), "the upload is what it waits for now");
    path = CriticalPath.of(recipe, LAST, Set.of("ground", "upload"), Map.of("job", s(60)));
    assertEquals(s(8), path.left(), "longer than last time: nothing is known of the job");
  }

  @Test
  void a_step_that_was_never_done_makes_it_a_part_and_all_done_leaves_nothing() {
    CriticalPath path = CriticalPath.of(recipe, Map.of("job", s(20)), Set.of(), Map.of());
    assertEquals(s(20), path.left());
    assertFalse(path.whole());
    Set<String> all = LAST.keySet();
    assertEquals(Duration.ZERO, CriticalPath.of(recipe, LAST, all, Map.of()).left());
  }
}
