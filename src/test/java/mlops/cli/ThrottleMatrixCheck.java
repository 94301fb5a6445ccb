package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code mlops replay} on an Azure that answers 429 to a fifth of all requests and 503 to one in
 * twenty: it ends as ever. The property {@code mlops.seeds} says how often, 2 if it is not set.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ThrottleMatrixCheck {
  private static final int SEEDS = Integer.getInteger("mlops.seeds", 2);

  @TempDir Path folder;

  @Test
  void a_busy_azure_is_asked_again_until_all_is_done_once() throws IOException {
    Site quiet = Site.tiny(folder.resolve("quiet"));
    assertEquals(0, quiet.run("replay"), quiet::said);
    List<String> expected = StateImage.of(quiet.state());
    for (int seed = 1; seed <= SEEDS; seed++) {
      Site site = Site.tiny(folder.resolve("seed" + seed));
      Path faults =
          Files.writeString(
              folder.resolve("faults%d.yml".formatted(seed)),
              """
              seed: %d
              faults:
                - {when: "* *", rate: 0.2, answer: {status: 429, code: TooManyRequests}}
                - {when: "* *", rate: 0.05, answer: {status: 503, code: ServiceUnavailable}}
              """
                  .formatted(seed));
      assertEquals(0, site.run("replay", "--faults", faults.toString()), site::said);
      assertTrue(site.said().contains("; seed %d replays them".formatted(seed)), site::said);
      List<String> difference = StateImage.difference(expected, StateImage.of(site.state()));
      assertEquals(List.of(), difference, "seed " + seed);
    }
    System.out.printf("throttle matrix: %d seeds, all ended well%n", SEEDS);
  }
}
