package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever in a state is broken: {@code mlops local doctor} names it, and no command calls it a
 * bug.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class LocalDoctorTest {
  @TempDir Path folder;
  private Transcript mlops;

  @BeforeEach
  void bootstrap() {
    mlops = Transcript.of(folder.resolve("azure"));
    assertEquals(0, mlops.run("bootstrap"), () -> mlops.out() + mlops.err());
  }

  @Test
  void a_state_that_is_whole_is_well_also_with_what_az_leaves_there() throws IOException {
    Path az = folder.resolve("azure/serve/azure");
    Files.createDirectories(az);
    Files.writeString(az.resolve("az.json"), "{}");
    assertEquals(0, mlops.run("local", "doctor"), mlops::err);
    assertTrue(mlops.out().strip().endsWith("all is well"), mlops::out);
    assertEquals(0, mlops.run("local", "doctor", "-o", "json"));
    assertTrue(mlops.json().at("/result/documents").asInt() > 50, mlops::out);
    assertEquals(0, mlops.json().at("/result/broken").size());
  }

  @Test
  void nothing_at_all_is_well_and_stays_nothing() {
    Transcript elsewhere = Transcript.of(folder.resolve("nowhere"));
    assertEquals(0, elsewhere.run("local", "doctor"), elsewhere::err);
    assertFalse(Files.exists(folder.resolve("nowhere")));
  }

  @Test
  void each_file_that_is_broken_is_named_with_what_is_wrong() throws IOException {
    Map<Path, String> broken = new TreeMap<>();
    broken.put(cut(mlops.file("ml-mlopsdemo-demo-02.json")), "end-of-input");
    broken.put(write(mlops.file("ml-mlopsdemo-demo-03.json"), "[1, 2]"), "it holds no document");
    broken.put(write(mlops.file("mlopsdemodev.json"), "{}"), "it is empty");
    broken.put(
        write(mlops.file("22222222-2222-2222-2222-222222222222.json"), ""), "it holds no document");
    Path other = mlops.file("mlopsdemotest.json");
    String moved = Files.readString(other).replaceFirst("/mlopsdemotest\"", "/elsewhere\"");
    broken.put(write(other, moved), "its id is that of another place");
    Path prod = mlops.file("mlopsdemoprod.json");
    String never =
        Files.readString(prod).replaceFirst("\"lastModifiedTime\" : \"[^\"]*", "$0never");
    broken.put(write(prod, never), "could not be parsed");
    broken.put(cut(mlops.file("signing-key.pkcs8")), "it holds no key");
    broken.put(write(mlops.file("account.keys"), "a key?\n"), "it holds no key");
    Path journal = mlops.file("index.jsonl");
    broken.put(write(journal, "[]\n{\"op\"\n" + Files.readString(journal)), "line 2: ");

    assertEquals(1, mlops.run("local", "doctor", "-o", "json"), mlops::err);
    Map<Path, String> named = new TreeMap<>();
    for (JsonNode file : mlops.json().at("/result/broken")) {
      named.put(Path.of(file.path("file").asText()), file.path("problem").asText());
    }
    assertEquals(broken.keySet(), named.keySet());
    broken.forEach(
        (file, words) -> assertTrue(named.getOrDefault(file, "").contains(words), named::toString));
    assertEquals(1, mlops.run("local", "doctor"));
    assertTrue(mlops.out().contains("9 files are broken"), mlops::out);
    assertTrue(mlops.out().contains("mlops local reset"), mlops::out);
  }

  @Test
  void content_that_is_gone_short_or_another_is_named_with_its_blob() throws IOException {
    Path content = content();
    byte[] whole = Files.readAllBytes(content);
    Files.delete(content);
    String missing = doctor();
    assertTrue(
        Pattern.compile("the content of blob \\S+ is not there").matcher(missing).find(), missing);
    write(content, "short");
    assertTrue(doctor().contains("is shorter than it was"));
    whole[7] ^= 1;
    Files.write(content, whole);
    assertTrue(doctor().contains("is not what its MD5 says"));
  }

  @Test
  void no_command_calls_a_broken_state_a_bug() throws IOException {
    for (String name :
        List.of(
            "rg-demo-mlops-demo.json",
            "ml-mlopsdemo-demo-01.json",
            "mlopsdemotest.json",
            "22222222-2222-2222-2222-222222222222.json",
            "index.jsonl",
            "account.keys",
            "signing-key.pkcs8")) {
      Path file = mlops.file(name);
      byte[] whole = Files.readAllBytes(file);
      for (String text : List.of("", "{\"id\": 7}")) {
        write(file, text + "\n");
        for (String[] command :
            List.of(new String[] {"bootstrap", "--plan"}, new String[] {"local", "status"})) {
          mlops.run(command);
          String said = mlops.out() + mlops.err();
          assertFalse(said.contains("bug"), name + " with " + text + ": " + said);
          assertFalse(said.contains("\tat "), said);
        }
      }
      Files.write(file, whole);
    }
  }

  @Test
  void a_state_of_a_newer_mlops_is_refused_by_its_number() throws IOException {
    write(folder.resolve("azure/.version"), "7\n");
    for (String[] command :
        List.of(
            new String[] {"bootstrap"},
            new String[] {"status"},
            new String[] {"local", "status"})) {
      assertEquals(2, mlops.run(command), mlops::err);
      assertTrue(mlops.err().contains("the form 7, of a newer mlops"), mlops::err);
      assertTrue(mlops.err().contains("--state"), mlops::err);
    }
    assertTrue(doctor().contains("form 7"), mlops::out);
  }

  private String doctor() {
    assertEquals(1, mlops.run("local", "doctor"), mlops::err);
    return mlops.out();
  }

  private static Path write(Path file, String text) throws IOException {
    return Files.writeString(file, text);
  }

  private static Path cut(Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    return Files.write(file, Arrays.copyOf(whole, whole.length / 2));
  }

  private Path content() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().contains("/content/")).findFirst().orElseThrow();
    }
  }
}
