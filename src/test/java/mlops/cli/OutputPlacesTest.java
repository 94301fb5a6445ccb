package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever output options name: devices, pipes, links, folders and the files of others survive. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutputPlacesTest {
  @TempDir Path folder;
  private Site site;

  @BeforeAll
  void open(@TempDir Path sample) {
    site = Site.tiny(sample);
  }

  private int write(String option, Object place) {
    String[] words =
        option.equals("--trace")
            ? new String[] {"status", option, place.toString()}
            : new String[] {"report", option, place.toString()};
    return site.mlops().run(with(words));
  }

  private String[] with(String... words) {
    List<String> all = new java.util.ArrayList<>(List.of(words));
    all.addAll(List.of("--profile", site.path("mlops.yml").toString()));
    return all.toArray(String[]::new);
  }

  private static boolean isDocument(String option, String text) throws IOException {
    return option.equals("--trace")
        ? new ObjectMapper().readTree(text).at("/log/version").asText().equals("1.2")
        : text.contains("</html>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--trace", "--html"})
  void a_device_stays_a_device(String option) throws IOException {
    Path device = Path.of("/dev/null");
    Assumptions.assumeTrue(Files.exists(device), "no devices here");
    assertEquals(0, write(option, device), site::said);
    BasicFileAttributes attributes = Files.readAttributes(device, BasicFileAttributes.class);
    assertTrue(attributes.isOther(), "is no device any more");
    Path link = Files.createSymbolicLink(folder.resolve("null" + option), device);
    assertEquals(0, write(option, link), site::said);
    assertTrue(Files.readAttributes(device, BasicFileAttributes.class).isOther());
    assertTrue(Files.isSymbolicLink(link));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--trace", "--html"})
  void a_pipe_is_written_to_once(String option) throws Exception {
    Path pipe = folder.resolve("pipe" + option);
    Process make = new ProcessBuilder("mkfifo", pipe.toString()).start();
    Assumptions.assumeTrue(make.waitFor() == 0, "no pipes here");
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(
            () -> {
              try (InputStream in = Files.newInputStream(pipe)) {
                return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
              } catch (IOException e) {
                return e.toString();
              }
            });
    assertEquals(0, write(option, pipe), site::said);
    assertTrue(isDocument(option, read.get()));
    assertTrue(Files.readAttributes(pipe, BasicFileAttributes.class).isOther());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--trace", "--html"})
  void a_link_stays_and_what_it_names_is_written(String option) throws IOException {
    Path target = folder.resolve("target" + option);
    Path link = Files.createSymbolicLink(folder.resolve("link" + option), target.getFileName());
    assertEquals(0, write(option, link), site::said); // leads nowhere yet
    assertTrue(isDocument(option, Files.readString(target)));
    assertEquals(0, write(option, link), site::said);
    assertTrue(Files.isSymbolicLink(link));
    Path round = folder.resolve("round" + option);
    Files.createSymbolicLink(round, round.getFileName());
    assertEquals(2, write(option, round), site::said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--trace", "--html"})
  void folders_and_files_of_others_are_refused_before_anything_is_sent(String option)
      throws IOException {
    Path taken = Files.createDirectories(folder.resolve("taken" + option));
    assertEquals(2, write(option, taken), site::said);
    Path notes = Files.writeString(folder.resolve("notes" + option), "{\"my\": 1}<html>");
    assertEquals(2, write(option, notes), site::said);
    assertTrue(site.mlops().err().contains("would be lost"), site::said);
    assertEquals(2, write(option, notes.resolve("below")), site::said);
    Path link = Files.createSymbolicLink(folder.resolve("to-notes" + option), notes);
    assertEquals(2, write(option, link), site::said);
    assertEquals("{\"my\": 1}<html>", Files.readString(notes));
    Path empty = Files.createFile(folder.resolve("empty" + option));
    assertEquals(0, write(option, empty), site::said);
  }

  @Test
  void a_trace_is_for_its_owner_alone_also_while_it_grows() throws IOException {
    Path trace = folder.resolve("mine.har");
    Files.createFile(
        trace, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
    assertEquals(0, write("--trace", trace), site::said);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(trace)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/null", "file", "file/below", "nowhere"})
  void folders_for_output_are_folders(String place) throws IOException {
    Path there = folder.resolve(place);
    if (place.startsWith("file") && !Files.exists(folder.resolve("file"))) {
      Files.createFile(folder.resolve("file"));
    }
    if (place.equals("nowhere")) {
      Files.createSymbolicLink(there, folder.resolve("gone"));
    }
    assertEquals(2, site.mlops().run(with("train", "--logs", there.toString())), site::said);
    assertFalse(site.mlops().out().contains("environment.dev"), site::said);
    String[] score = with("batch-score", "--env", "test", "--download", there.toString());
    assertEquals(2, site.mlops().run(score), site::said);
  }
}
