package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred megabytes in a thousand files are scored by a process with little memory. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ManyFilesCheck {
  @Test
  void files_that_do_not_fit_into_memory_are_uploaded_scored_and_fetched(@TempDir Path folder)
      throws Exception {
    Site site = Site.tiny(folder);
    assertEquals(0, site.run("replay"), site::said);
    String file = ("1." + "0".repeat(98) + "\n").repeat(1000);
    for (int i = 0; i < 1000; i++) {
      site.write("many/f%04d.csv".formatted(i), file);
    }
    String many = site.path("many").toString();
    Mlops score = Mlops.start(site, "batch-score", "--env", "test", "--input", many);
    assertEquals(0, score.end(), score::said);
    for (String said :
        List.of("1,000,000 rows in ", " rows/s)", "in Azure  azureml://", "here      ")) {
      assertTrue(score.said().contains(said), score::said);
    }
  }
}
