package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.state.StateTree;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code mlops replay} killed in each of its stages, and two of them at once: the end is the same.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KilledReplayCheck {
  private static final List<Pattern> MOMENTS =
      Stream.of(
              "^\\+ container\\.test ",
              " job: .* Running",
              "^> metrics ",
              "^> download\\.test ",
              "^\\+ deployment\\.test ",
              "^> invoke\\.test ",
              "^> predictions\\.test ",
              "^\\+ model\\.prod ",
              " score-job\\.prod: .* Running",
              "^> predictions\\.prod ")
          .map(Pattern::compile)
          .toList();

  @TempDir Path folder;

  @Test
  void a_replay_that_was_killed_is_finished_by_the_next_which_does_only_what_is_missing()
      throws Exception {
    Site site = Site.tiny(folder);
    site.mlops().jobsApart();
    slow(site);
    for (Pattern moment : MOMENTS) {
      Mlops replay = Mlops.start(site, "replay");
      assertTrue(replay.says(moment), () -> moment + " is not in\n" + replay.said());
      replay.signal("KILL");
      assertEquals(137, replay.end(), replay::said);
    }
    end(site);
    assertEquals(Map.of("Completed", 3), jobs(site)); // none ran twice
  }

  @Test
  void of_two_at_once_both_end_well_and_neither_scores_what_the_other_does() throws Exception {
    Site site = Site.tiny(folder);
    site.mlops().jobsApart();
    Mlops one = Mlops.start(site, "replay");
    Mlops other = Mlops.start(site, "replay");
    assertEquals(0, one.end(), one::said);
    assertEquals(0, other.end(), other::said);
    end(site);
    assertEquals(3, jobs(site).get("Completed"), () -> jobs(site).toString());
  }

  /** So slow that each job is seen while it runs. */
  private static void slow(Site site) {
    for (String file : List.of("dev/src/judge.py", "dev/score/score.py")) {
      site.write(file, "import time; time.sleep(2)\n" + site.read(file));
    }
  }

  /** Runs it to its end, where each thing is there once. */
  private static void end(Site site) {
    assertEquals(0, site.run("replay"), site::said);
    assertEquals(0, site.run("replay", "-o", "json"), site::said);
    for (JsonNode step : site.mlops().json().path("steps")) {
      assertEquals("unchanged", step.path("outcome").asText(), site::said);
    }
    assertEquals(3, site.predictions("test").size());
    assertEquals(site.predictions("test"), site.predictions("prod"));
    assertEquals(3, ids(site).filter(id -> id.matches(".*/models/[^/]+/versions/1")).count());
    assertEquals(
        List.of(),
        ids(site).filter(id -> id.endsWith("/versions/2")).toList(),
        () -> String.join("\n", ids(site).toList()) + "\n" + site.said());
    assertEquals(2, ids(site).filter(id -> id.contains("/deployments/batch-dp-")).count());
    assertEquals(0, site.run("status"), site::said);
    assertEquals(2, site.said().split("before    nothing", -1).length - 1, site::said);
  }

  /** How many jobs ended how. */
  private static Map<String, Integer> jobs(Site site) {
    StateTree state = state(site);
    Map<String, Integer> found = new TreeMap<>();
    ids(site)
        .filter(id -> id.matches(".*/workspaces/[^/]+/jobs/[^/]+"))
        .map(id -> state.read(id.replace("/jobs/", "/runs/")).orElseThrow())
        .forEach(run -> found.merge(run.path("status").asText(), 1, Integer::sum));
    return found;
  }

  private static Stream<String> ids(Site site) {
    return state(site).walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
        .map(r -> r.path("id").asText());
  }

  private static StateTree state(Site site) {
    return EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults()).state();
  }
}
