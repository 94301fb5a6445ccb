package mlops.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Recipe;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.plan.StepResult;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SameFailuresTest {
  private static final Step NOTHING =
      new Step() {
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
      };

  private static StepResult failed(String id, String message) {
    return new StepResult.Failed(
        new Recipe.Node(id, NOTHING, Set.of()),
        Change.none(),
        MlopsException.failed("Denied", message, "Ask for the role."),
        Duration.ZERO);
  }

  @Test
  void one_cause_is_told_once_and_another_by_itself() {
    List<SameFailures> told =
        SameFailures.of(
            List.of(
                failed("a", "'x' may not read /subscriptions/1/a"),
                failed("b", "'x' may not write /subscriptions/1/b"),
                failed("c", "'y' may not read /subscriptions/1/c"),
                new StepResult.Skipped(new Recipe.Node("d", NOTHING, Set.of()), "needs a"),
                failed("e", "'z' may not read /subscriptions/1/e")));
    assertEquals(List.of("a", "b"), told.stream().map(same -> same.first().node().id()).toList());
    assertEquals(
        Stream.of(List.of("c", "e"), List.of()).toList(),
        told.stream().map(SameFailures::others).toList());
  }
}
