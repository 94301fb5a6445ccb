package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options and fields that name a file to read meet pipes, devices, folders and dead links. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OddInputPlacesTest {
  private Site site;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    site = Site.tiny(folder);
    Process make = new ProcessBuilder("mkfifo", site.path("pipe").toString()).start();
    Assumptions.assumeTrue(make.waitFor() == 0, "no pipes here");
    Files.createDirectories(site.path("folder"));
    Files.createSymbolicLink(site.path("gone"), Path.of("nowhere"));
    Files.createSymbolicLink(site.path("round"), Path.of("round"));
  }

  private void isMistake(String said, String... words) {
    assertEquals(2, site.mlops().run(words), site::said);
    assertTrue(site.mlops().err().contains(said), site::said);
    assertFalse(site.mlops().err().contains("bug"), site::said);
    assertFalse(site.mlops().err().contains("Exception"), site::said);
  }

  private String place(String name) {
    return name.startsWith("/") ? name : site.path(name).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "pipe, is a pipe or a device",
    "folder, this is a folder",
    "/dev/null, the file is empty",
    "/dev/zero, the file is larger than 4 MiB"
  })
  void a_file_of_yaml_is_read_to_its_end_or_named(String name, String said) {
    isMistake(said, "status", "--profile", place(name));
    isMistake(said, with("train", "--file", place(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gone", "round"})
  void a_link_that_leads_nowhere_is_named(String name) {
    isMistake("There is no profile", "status", "--profile", place(name));
    isMistake(name + ":1:1 ", with("train", "--file", place(name)));
    isMistake("a symbolic link that leads nowhere", with("status", "--state", place(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipe", "/dev/null", "/dev/zero"})
  void neither_code_nor_a_state_is_a_pipe_or_a_device(String name) {
    isMistake("not a folder", with("status", "--state", place(name)));
    String job = "command: echo\nenvironment: azureml:e:1\ncompute: azureml:c\ncode: ";
    site.write("code.yml", job + place(name) + "\n");
    isMistake(
        "code.yml:4:7 code: %s is no file or folder".formatted(place(name)),
        with("train", "--plan", "--file", place("code.yml")));
  }

  private String[] with(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--profile", site.path("mlops.yml").toString()));
    return all.toArray(String[]::new);
  }
}
