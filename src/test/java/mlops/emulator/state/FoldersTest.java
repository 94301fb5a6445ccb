package mlops.emulator.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Folders that others write to: listed, opened and deleted, and nothing beyond them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a right there")
class FoldersTest {
  @TempDir Path folder;

  /** A folder with a link to another one and to its file. */
  private Path linked() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other/deep"));
    Files.writeString(other.resolve("kept"), "kept");
    Path own = Files.createDirectories(folder.resolve("own/a/b"));
    Files.writeString(own.resolve("x"), "");
    Files.createSymbolicLink(own.resolve("link"), folder.resolve("other"));
    Files.createSymbolicLink(folder.resolve("own/file"), other.resolve("kept"));
    Files.createSymbolicLink(folder.resolve("own/nowhere"), folder.resolve("none"));
    return folder.resolve("own");
  }

  @Test
  void what_links_lead_to_is_neither_listed_nor_deleted() throws IOException {
    Path own = linked();
    assertEquals(
        List.of("a/b/link", "a/b/x", "file", "nowhere"),
        Folders.files(own).stream().map(f -> own.relativize(f).toString()).toList());
    assertTrue(Folders.delete(own));
    assertFalse(Files.exists(own));
    assertEquals("kept", Files.readString(folder.resolve("other/deep/kept")));
  }

  @Test
  void rights_are_given_back_to_folders_and_not_through_links() throws IOException {
    Path own = linked();
    Files.setPosixFilePermissions(
        folder.resolve("other"), PosixFilePermissions.fromString("r-x------"));
    Files.setPosixFilePermissions(own.resolve("a"), PosixFilePermissions.fromString("---------"));
    Folders.open(own);
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(own.resolve("a"))));
    assertEquals(
        "r-x------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("other"))));
  }

  @Test
  void what_is_not_there_holds_nothing_and_is_deleted() throws IOException {
    assertEquals(List.of(), Folders.list(folder.resolve("none")));
    assertEquals(List.of(), Folders.files(folder.resolve("none")));
    assertTrue(Folders.delete(folder.resolve("none")));
  }
}
