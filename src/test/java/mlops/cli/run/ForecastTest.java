package mlops.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mlops.plan.Change;
import mlops.plan.Recipe;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.plan.StepResult;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody who watches is told of the time that is left, and where it is known from. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ForecastTest {
  private final Recipe recipe =
      Recipe.named("train")
          .step("upload", new NoStep())
          .step("job", new NoStep(), "upload")
          .step("lineage", new NoStep(), "job")
          .build();

  private record NoStep() implements Step {
    @Override
    public String describe() {
      return "nothing";
    }

    @Override
    public Change check() {
      return Change.run("always");
    }

    @Override
    public void apply(StepMessages messages) {}
  }

  private Recipe.Node node(int index) {
    return recipe.nodes().get(index);
  }

  private StepResult applied(int index, int millis) {
    return new StepResult.Applied(node(index), Change.run(""), Duration.ofMillis(millis));
  }

  @Test
  void times_of_a_run_are_those_of_the_next_one_each_cloud_by_itself(@TempDir Path folder)
      throws Exception {
    StepTimes times = new StepTimes(folder.resolve("state/.durations"), "LOCAL");
    assertEquals(Map.of(), times.last());
    times.keep(List.of(applied(0, 400), applied(1, 21_600)));
    times.keep(List.of(new StepResult.Unchanged(node(1), "up to date", Duration.ofMillis(3))));
    Map<String, Duration> last = times.last();
    assertEquals(Map.of("upload", Duration.ofMillis(400), "job", Duration.ofMillis(21_600)), last);
    assertEquals(Map.of(), new StepTimes(times.file(), "AZURE").last());
    Forecast forecast = new Forecast(recipe, last);
    assertEquals(
        "1 of 3 steps, at least 12 s left by last time: job 12 s",
        forecast.line(Set.of("upload"), Map.of(node(1), Duration.ofSeconds(10))));
    assertEquals(" (last time 22 s)", forecast.lastTime(node(1)));
    assertEquals("", forecast.lastTime(node(0)));
    Files.writeString(times.file(), "broken");
    assertEquals(Map.of(), times.last());
    times.keep(List.of(applied(2, 700)));
    assertEquals(Map.of("lineage", Duration.ofMillis(700)), times.last());
  }

  @Test
  void who_knows_no_times_says_nothing_and_a_job_that_takes_longer_has_no_time_left() {
    assertEquals("", Forecast.none(recipe).line(Set.of(), Map.of()));
    Map<String, Duration> last =
        Map.of("upload", Duration.ZERO, "job", Duration.ofSeconds(80), "lineage", Duration.ZERO);
    Forecast forecast = new Forecast(recipe, last);
    assertEquals(
        "0 of 3 steps, about 1 min 20 s left by last time: job 1 min 20 s",
        forecast.line(Set.of(), Map.of()));
    assertEquals(
        "1 of 3 steps", forecast.line(Set.of("upload"), Map.of(node(1), Duration.ofSeconds(100))));
  }
}
