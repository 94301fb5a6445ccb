package mlops.emulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mlops.emulator.blob.published.PublicData;
import mlops.emulator.blob.published.PublicUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that read what others publish, of which the user has laid a copy. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PublicDataTest {
  private static final String DATA = "https://examples.blob.core.windows.net/data/";

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void lay(String url, Path source) throws IOException {
    PublicUrl place = PublicUrl.of(url).orElseThrow();
    new PublicData(rig.state, rig.blobs).lay(place, source, name -> "text/plain");
  }

  private Path trips() throws IOException {
    Path trips = Files.createDirectories(folder.resolve("trips/sub"));
    Files.writeString(trips.resolve("b c.csv"), "deep\n");
    Files.writeString(trips.resolveSibling("a.csv"), "flat\n");
    return folder.resolve("trips");
  }

  private static String job(String command, String... inputs) {
    StringBuilder text = new StringBuilder(JobText.command(command, "inputs:"));
    for (int i = 0; i < inputs.length; i += 3) {
      text.append(
          "  %s: {jobInputType: %s, uri: '%s'}\n"
              .formatted(inputs[i], inputs[i + 1], inputs[i + 2]));
    }
    return text.toString();
  }

  private static String message(ObjectNode run) {
    return run.at("/error/error/message").asText();
  }

  @Test
  void a_job_reads_a_laid_folder_and_a_file_in_it_by_any_spelling() throws IOException {
    lay(DATA + "trips/", trips());
    lay("https://example.com/x.csv?raw=true", folder.resolve("trips/a.csv"));
    ObjectNode run =
        rig.run(
            "reads",
            job(
                "cat ${{inputs.all}}/a.csv \"${{inputs.one}}\" ${{inputs.other}}",
                "all",
                "uri_folder",
                "wasbs://data@examples.blob.core.windows.net/trips",
                "one",
                "uri_file",
                DATA + "trips/sub/b%20c.csv",
                "other",
                "uri_file",
                "http://example.com/x.csv?raw=true"));
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertTrue(rig.log(run).contains("flat\ndeep\nflat\n"), rig.log(run));
  }

  @Test
  void all_that_is_missing_is_told_with_its_command_before_anything_runs() throws IOException {
    lay(DATA + "trips", trips());
    ObjectNode run =
        rig.run(
            "misses",
            job(
                "true",
                "there",
                "uri_folder",
                DATA + "trips",
                "absent",
                "uri_file",
                DATA + "none.csv",
                "elsewhere",
                "uri_file",
                "https://example.com/x.csv"));
    assertEquals("Failed", run.path("status").asText());
    for (String url : new String[] {DATA + "none.csv", "https://example.com/x.csv"}) {
      String command = "\n  mlops local data add '%s' FILE (or a FOLDER)".formatted(url);
      assertTrue(message(run).contains(command), message(run));
    }
  }

  @Test
  void what_was_laid_in_part_is_not_taken_for_the_whole() throws IOException {
    lay(DATA + "trips", trips());
    String notes = "/public/examples/laid";
    ObjectNode note = rig.state.list(notes).get(0);
    String file;
    try (var files = Files.list(rig.state.directory(notes))) {
      file = files.findFirst().orElseThrow().getFileName().toString().replace(".json", "");
    }
    rig.state.write(notes + "/" + file, note.put("whole", false));
    ObjectNode run = rig.run("partial", job("true", "i", "uri_file", DATA + "trips/a.csv"));
    assertTrue(message(run).contains("was laid only in part"), message(run));
  }

  @Test
  void nobody_writes_to_what_others_publish() throws IOException {
    lay(DATA + "trips", trips());
    ObjectNode run =
        rig.run(
            "writes",
            JobText.command(
                "echo x > ${{outputs.o}}/x",
                "outputs: {o: {jobOutputType: uri_folder, uri: '%strips'}}".formatted(DATA)));
    assertEquals("Failed", run.path("status").asText());
    assertTrue(message(run).contains("somebody else's"), message(run));
  }
}
