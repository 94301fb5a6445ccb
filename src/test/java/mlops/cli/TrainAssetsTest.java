package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job needs in its workspace, and the profile has made first. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TrainAssetsTest {
  private static final String PROFILE =
      """
      suffix: own
      resource_groups: {ml: rg-own, storage: rg-own-st}
      storage_account: stown
      identity: id-own
      environments:
        dev:
          workspace: mlw-own
          compute: cpu.yml
          container: own
          environment: env.yml
          pipeline: job.yml
          model: own
          assets:
            - compute: big.yml
            - data: data.yml
            - environment: other.yml
      """;

  @TempDir Path folder;

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static String compute(String name) {
    return "name: %s\ntype: amlcompute\nsize: STANDARD_DS3_v2\n".formatted(name);
  }

  private Transcript project() throws IOException {
    write("mlops.yml", PROFILE);
    write("cpu.yml", compute("cpu"));
    write("big.yml", compute("big"));
    write("env.yml", "name: plain\nimage: ubuntu\n");
    write("other.yml", "name: other\nimage: debian\n");
    write("data.yml", "name: trips\ntype: uri_file\npath: trips.csv\n");
    write("trips.csv", "1,2\n");
    write(
        "job.yml",
        """
        command: cat ${{inputs.trips}}
        environment: azureml:other@latest
        compute: azureml:big
        inputs:
          trips: {type: uri_file, path: azureml:trips@latest}
        """);
    return Transcript.of(folder.resolve("azure"));
  }

  private int run(Transcript mlops, String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--profile";
    all[words.length + 1] = folder.resolve("mlops.yml").toString();
    return mlops.run(all);
  }

  @Test
  void assets_are_made_before_the_job_and_not_again() throws IOException {
    Transcript mlops = project();
    assertEquals(0, run(mlops, "bootstrap"), mlops::err);
    assertTrue(mlops.out().contains("compute.dev.big"), mlops.out());
    String job = folder.resolve("job.yml").toString();
    assertEquals(0, run(mlops, "train", "--file", job), mlops::err);
    assertTrue(mlops.out().contains("+ data.dev.trips"), mlops.out());
    assertTrue(mlops.out().contains("+ environment.dev.other"), mlops.out());
    assertEquals(0, run(mlops, "train", "--file", job, "-o", "json"), mlops::err);
    mlops
        .json()
        .path("steps")
        .forEach(step -> assertEquals("unchanged", step.path("outcome").asText(), step::toString));
    write("trips.csv", "3,4\n");
    assertEquals(0, run(mlops, "train", "--file", job), mlops::err);
    assertTrue(mlops.out().contains("~ data.dev.trips"), mlops.out());
  }

  @Test
  void wrong_items_are_mistakes_of_the_profile() throws IOException {
    Transcript mlops = project();
    String wrong =
        PROFILE
            .replace("- compute: big.yml", "- {compute: big.yml, data: data.yml}")
            .replace("- data: data.yml", "- dat: data.yml")
            .replace("- environment: other.yml", "- environment: otter.yml");
    write("mlops.yml", wrong);
    assertEquals(2, run(mlops, "train", "--plan"));
    assertTrue(mlops.err().contains("names 2 files"), mlops.err());
    assertTrue(mlops.err().contains("unknown key"), mlops.err());
    assertTrue(mlops.err().contains("did you mean other.yml?"), mlops.err());
    write("mlops.yml", PROFILE + "      - data: data.yml\n");
    assertEquals(2, run(mlops, "train", "--plan"));
    assertTrue(mlops.err().contains("so does another of the assets"), mlops.err());
  }
}
