package mlops.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What killed commands leave goes; what others still use stays. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TemporaryFoldersTest {
  private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");
  private static final long NOBODY = 999_999_999_999L;

  @TempDir Path folder;

  @Test
  void old_folders_of_processes_that_are_gone_are_removed_and_no_others() throws IOException {
    long living = ProcessHandle.current().pid();
    Path ours = make("mlops-work-%d-a".formatted(living), OLD);
    make("mlops-work-%d-b".formatted(NOBODY), OLD);
    make("mlops-work-%d-c".formatted(NOBODY), Instant.parse("2026-03-01T00:00:00Z"));
    make("mlops-work-of-mine", OLD);
    Files.createSymbolicLink(folder.resolve("mlops-work-%d-d".formatted(NOBODY)), ours);

    TemporaryFolders.removeAbandoned(ours, Instant.parse("2026-02-01T00:00:00Z"));

    assertEquals(Set.of("a", "c", "mine", "d"), left());
  }

  private Path make(String name, Instant changed) throws IOException {
    Path made = Files.createDirectory(folder.resolve(name));
    Files.writeString(Files.createDirectory(made.resolve("model")).resolve("m.pkl"), "x");
    Files.setLastModifiedTime(made, FileTime.from(changed));
    return made;
  }

  private Set<String> left() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(p -> p.getFileName().toString().replaceFirst(".*-", ""))
          .collect(Collectors.toSet());
    }
  }
}
