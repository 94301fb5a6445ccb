package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import mlops.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops local save}, {@code load} and {@code list}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class LocalSaveTest {
  @TempDir Path folder;
  private Path state;
  private Transcript mlops;

  @BeforeEach
  void bootstrap() {
    state = folder.resolve("azure");
    mlops = Transcript.of(state);
    assertEquals(0, mlops.run("bootstrap"), () -> mlops.out() + mlops.err());
  }

  private void runs(int exitCode, String... words) {
    assertEquals(
        exitCode, mlops.run(words), () -> String.join(" ", words) + mlops.out() + mlops.err());
  }

  private void says(String text) {
    String said = mlops.out() + mlops.err();
    assertTrue(said.contains(text), said);
  }

  @Test
  void what_was_saved_comes_back_also_after_a_reset() {
    runs(0, "local", "save", "fresh");
    says("mlops local load fresh");
    runs(0, "bootstrap", "--suffix", "more");
    runs(0, "local", "load", "fresh", "--keep", "both");
    says("saved as both");
    runs(4, "bootstrap", "--suffix", "more", "--plan", "--detailed-exitcode");
    runs(0, "bootstrap", "--plan", "--detailed-exitcode");
    runs(0, "local", "reset", "--yes");
    runs(0, "local", "load", "both", "-o", "json");
    assertTrue(mlops.json().at("/result/kept").isNull(), mlops::out);
    runs(0, "bootstrap", "--suffix", "more", "--plan", "--detailed-exitcode");
    runs(0, "local", "doctor");
    runs(0, "local", "list", "-o", "json");
    assertEquals("both", mlops.json().at("/result/states/0/name").asText());
    assertTrue(mlops.json().at("/result/states/1/bytes").asLong() > 10_000, mlops::out);
    runs(0, "local", "list");
    assertEquals(3, mlops.out().lines().count(), mlops::out);
  }

  @Test
  void the_present_one_goes_by_consent_alone() throws IOException {
    runs(0, "local", "save", "fresh");
    runs(0, "bootstrap", "--suffix", "more");
    runs(2, "local", "load", "fresh");
    says("--keep NAME");
    runs(2, "local", "load", "fresh", "--keep", "fresh");
    says("already");
    mlops.typing("n\n");
    runs(2, "local", "load", "fresh");
    runs(0, "bootstrap", "--suffix", "more", "--plan", "--detailed-exitcode");
    mlops.typing("y\n");
    runs(0, "local", "load", "fresh");
    runs(4, "bootstrap", "--suffix", "more", "--plan", "--detailed-exitcode");
    runs(2, "local", "save", "fresh");
    says("--replace");
    runs(0, "local", "save", "fresh", "--replace");
    Path saved = folder.resolve("azure.saved");
    assertEquals("*\n", Files.readString(saved.resolve(".gitignore")));
    if (saved.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(saved));
      assertEquals("rwx------", rights, "it holds keys");
    }
  }

  @Test
  void names_lead_nowhere_else_and_what_is_not_there_is_told() {
    for (String name : List.of("../up", "a/b", ".hidden", "", "a".repeat(65), "ends.", "x y")) {
      runs(2, "local", "save", name);
      says("is no name for a saved state");
      runs(2, "local", "load", name, "--yes");
      says("is no name for a saved state");
    }
    assertFalse(Files.exists(folder.resolve("azure.saved")));
    runs(2, "local", "load", "first", "--yes");
    says("None was saved yet");
    runs(0, "local", "list");
    says("none saved yet: mlops local save NAME");
    Transcript elsewhere = Transcript.of(folder.resolve("nowhere"));
    assertEquals(1, elsewhere.run("local", "save", "first"));
    assertTrue(elsewhere.err().contains("There is no local Azure in"), elsewhere::err);
    assertFalse(Files.exists(folder.resolve("nowhere.saved")));
  }

  @Test
  void a_broken_one_is_not_loaded() throws IOException {
    runs(0, "local", "save", "fresh");
    Path document = mlops.file("ml-mlopsdemo-demo-01.json");
    Path saved = folder.resolve("azure.saved/fresh/state").resolve(state.relativize(document));
    Files.writeString(saved, "");
    runs(1, "local", "load", "fresh", "--yes");
    says(saved.toString());
    runs(0, "bootstrap", "--plan", "--detailed-exitcode");
    Files.writeString(folder.resolve("azure.saved/fresh/state/.version"), "7\n");
    runs(1, "local", "load", "fresh", "--yes");
    says("the form 7, of a newer mlops");
    Files.writeString(state.resolve(".version"), "7\n");
    runs(2, "local", "save", "newer");
    says("the form 7, of a newer mlops");
    runs(0, "local", "list");
    says("fresh");
    says(" kB");
  }

  @Test
  void a_state_in_use_is_neither_saved_nor_replaced() throws IOException, InterruptedException {
    runs(0, "local", "save", "fresh");
    Path used = folder.resolve("used");
    Site.copy(folder.resolve("azure.saved"), folder.resolve("used.saved"));
    List<String> line = Program.java();
    line.addAll(List.of(ResetInUseTest.class.getName(), used.toString()));
    Process other = new ProcessBuilder(line).start();
    assertEquals("open " + used, other.inputReader().readLine());
    mlops = Transcript.of(used);
    for (String[] words :
        List.of(
            new String[] {"local", "save", "second", "-o", "json"},
            new String[] {"local", "load", "fresh", "--yes", "-o", "json"})) {
      runs(1, words);
      assertEquals("InUse", mlops.json().at("/error/code").asText());
    }
    other.destroyForcibly().waitFor();
    runs(0, "local", "load", "fresh", "--yes");
    runs(0, "bootstrap", "--plan", "--detailed-exitcode");
  }
}
