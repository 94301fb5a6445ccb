package mlops.emulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many trials of a sweep run at the same time. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConcurrentTrialsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"single,3", "cpu,1"})
  void no_more_than_the_sweep_and_its_cluster_allow(String compute, int concurrent) {
    try (Rig rig = new Rig(folder)) {
      rig.compute("single", 1);
      String busy = "'" + folder.resolve("busy") + "'";
      ObjectNode run =
          rig.run(
              "sweep",
              """
              jobType: Sweep
              computeId: %s
              objective: {goal: minimize, primaryMetric: none}
              samplingAlgorithm: {samplingAlgorithmType: Grid}
              searchSpace: {x: [choice, [[1, 2, 3]]]}
              limits: {maxConcurrentTrials: %d}
              trial: {command: "mkdir %s && sleep 0.2 && rmdir %s"}
              """
                  .formatted(compute, concurrent, busy, busy));
      assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
      assertEquals(3, rig.children("sweep").size());
      rig.children("sweep")
          .forEach(trial -> assertEquals("Completed", trial.path("status").asText()));
    }
  }
}
