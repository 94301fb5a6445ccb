package mlops.assets.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mlops.emulator.state.Folders;
import mlops.error.MlopsException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files are sent, and under which hash. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SnapshotTest {
  @TempDir private Path folder;

  @Test
  void hashes_are_those_of_the_real_client() throws IOException {
    write("größe und ä.py", "print('ü')\n");
    write("b dir/Zwei.py", "2\n");
    write("b dir/eins.py", "1\n");
    write("B.txt", "");
    Snapshot snapshot = Snapshot.of(folder);
    assertEquals("a5edc966a2009e4ed138d40bc37a549c", snapshot.md5());
    assertEquals(
        "8ad3d1057fa237b1d72a454c9e0894814d484154c764745f28eda2c0060bd81b", snapshot.sha256());
    Snapshot file = Snapshot.of(folder.resolve("größe und ä.py"));
    assertEquals("21e47ff7360eb3ae88a36674da90a245", file.md5());
    assertTrue(file.isFile());
    assertEquals("LocalUpload/%s/größe und ä.py".formatted(file.md5()), file.uploadPath());
  }

  @Test
  void an_amlignore_takes_the_place_of_a_gitignore() throws IOException {
    write(".gitignore", "*.txt\n");
    write("a.txt", "a");
    write("b.py", "b");
    assertEquals(List.of(".gitignore", "b.py"), names());
    write(".amlignore", "*.py\n");
    assertEquals(List.of(".amlignore", ".gitignore", "a.txt"), names());
  }

  @Test
  void the_local_azure_beside_the_code_stays_at_home() throws IOException {
    write("train.py", "print(1)");
    String hash = Snapshot.of(folder).sha256();
    write(".mlops/login/signing-key.pkcs8", "secret");
    assertEquals(hash, Snapshot.of(folder).sha256());
  }

  @Test
  void what_is_ignored_does_not_change_the_hash() throws IOException {
    write(".amlignore", "logs/\n");
    write("main.py", "x");
    String before = Snapshot.of(folder).md5() + Snapshot.of(folder).sha256();
    write("logs/today.txt", "noise");
    write("__pycache__/main.pyc", "noise");
    write(".git/HEAD", "noise");
    assertEquals(before, Snapshot.of(folder).md5() + Snapshot.of(folder).sha256());
    write("main.py", "y");
    assertFalse(before.equals(Snapshot.of(folder).md5() + Snapshot.of(folder).sha256()));
  }

  @ParameterizedTest
  @CsvSource({
    "*.log, a/b.log, true",
    "*.log, b.log.txt, false",
    "/root.txt, root.txt, true",
    "/root.txt, a/root.txt, false",
    "a/b.txt, a/b.txt, true",
    "a/b.txt, c/a/b.txt, false",
    "**/x, a/b/x, true",
    "a/**, a/b/c, true",
    "a/**/z, a/z, true",
    "a/**/z, a/b/c/z, true",
    "a/*, a/b/c, false",
    "?.txt, a.txt, true",
    "?.txt, ab.txt, false",
    "[a-c].txt, b.txt, true",
    "[!a-c].txt, b.txt, false",
    "'\\#x', '#x', true",
    "'# comment', '# comment', false",
    "'trail  ', trail, true",
    "'\\!bang', '!bang', true",
    "folder/, folder, false",
    "'[z-a]', z, false",
    "a.b, axb, false"
  })
  void patterns_mean_what_they_mean_in_git(String pattern, String path, boolean ignored) {
    assertEquals(ignored, IgnoreRules.parse(List.of(pattern)).ignores(path, false));
  }

  @Test
  void the_last_rule_decides_but_nothing_comes_back_from_an_ignored_folder() throws IOException {
    write(".amlignore", "*.csv\n!keep.csv\nout/\n!out/keep.csv\n");
    write("a.csv", "");
    write("keep.csv", "");
    write("out/keep.csv", "");
    assertEquals(List.of(".amlignore", "keep.csv"), names());
  }

  @Test
  void a_link_inside_is_followed_and_one_that_leads_out_is_refused() throws IOException {
    Path code = folder.resolve("code");
    write("code/real/a.py", "a");
    Files.createSymbolicLink(code.resolve("link"), Path.of("real"));
    Files.createSymbolicLink(code.resolve("real/up"), Path.of(".."));
    assertEquals(
        List.of("link/a.py", "real/a.py"),
        Snapshot.of(code).files().stream()
            .map(Snapshot.Entry::name)
            .filter(n -> !n.contains("/up/"))
            .toList());
    write("secret.txt", "s");
    Files.createSymbolicLink(code.resolve("out"), Path.of("../secret.txt"));
    refused("out leads out of the folder", code);
    write("code/.amlignore", "out\n");
    assertEquals(".amlignore", Snapshot.of(code).files().get(0).name());
  }

  private static void refused(String why, Path code) {
    MlopsException e = assertThrows(MlopsException.class, () -> Snapshot.of(code));
    assertEquals(MlopsException.Kind.INVALID, e.kind());
    assertTrue(e.message().contains(why), e.message());
    assertFalse(e.hint().isEmpty());
  }

  @Test
  void what_cannot_travel_is_a_mistake_that_names_it() throws Exception {
    Path code = folder.resolve("code");
    write("code/a.py", "a");
    Path gone = Files.createSymbolicLink(code.resolve("gone"), Path.of("nothing"));
    refused("gone leads nowhere", code);
    Files.delete(gone);
    Path round = Files.createSymbolicLink(code.resolve("round"), Path.of("round"));
    refused("round leads nowhere", code);
    Files.delete(round);
    Files.write(code.resolve(".gitignore"), new byte[] {'a', (byte) 0xe9, '\n'});
    refused(".gitignore is not UTF-8", code);
    Files.delete(code.resolve(".gitignore"));
    String latin = "touch \"$(printf 'caf\\351.py')\"";
    Process touch = new ProcessBuilder("sh", "-c", latin).directory(code.toFile()).start();
    Assumptions.assumeTrue(touch.waitFor() == 0, "names are letters here");
    refused(".py is not UTF-8", code);
  }

  /** As deep as names can be: nothing of it grows with the square of the depth. */
  @Test
  void a_thousand_nested_folders_are_walked_down_once() throws IOException {
    Path deepest = folder;
    for (int i = 0; i < 1000; i++) {
      deepest = deepest.resolve("d");
    }
    Files.createDirectories(deepest);
    Files.writeString(deepest.resolve("a.py"), "a");
    assertEquals("d/".repeat(1000) + "a.py", names().get(0));
    Folders.delete(folder.resolve("d")); // JUnit asks for the real path of each, step by step
  }

  private List<String> names() {
    return Snapshot.of(folder).files().stream().map(Snapshot.Entry::name).toList();
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
