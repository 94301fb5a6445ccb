package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A profile with one environment to promote to, or none. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FewEnvironmentsTest {
  @TempDir Path folder;

  @Test
  void one_environment_to_promote_to_has_nothing_to_be_compared_with() {
    Site alone = Site.tiny(folder);
    OwnEnvironments.write(alone, "lab", "live");
    alone.change("mlops.yml", "approvals:\n  prod: none", "approvals:\n  live: none");
    alone.write("predictions/live/predictions.csv", "taxi-batch.csv 1 2.0\n");
    assertEquals(0, alone.run("replay", "--from", "compare"), alone::said);
    assertTrue(alone.said().contains("nothing to compare: the only target is live"), alone::said);
    String page = alone.read("report.html");
    assertTrue(page.contains("Nothing to compare") && page.contains("Predictions of live"), page);
    assertEquals(0, alone.run("compare", "-o", "json"), alone::said);
    assertEquals("{\"comparisons\":[]}", alone.mlops().json().path("result").toString());
  }

  @Test
  void a_profile_may_only_train() {
    Site lab = Site.tiny(folder);
    OwnEnvironments.write(lab, "lab");
    lab.change("mlops.yml", "approvals:\n  prod: none", "");
    assertEquals(0, lab.run("replay", "--plan"), lab::said);
    assertEquals(2, lab.run("promote", "--to", "live"), lab::said);
    assertTrue(lab.said().contains("no environment but lab, where models are trained"), lab::said);
    assertTrue(lab.said().contains("Add the environments that models go to below it"), lab::said);
  }
}
