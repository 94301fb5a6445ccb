package mlops.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What runs with the rights of the project runs only what somebody has looked at. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkflowsTest {
  private static final Pattern USES = Pattern.compile("^\\s*(- )?uses:.*");
  private static final Pattern PINNED =
      Pattern.compile("^\\s*(- )?uses: [\\w.-]+/[\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+$");

  /** A tag can be moved to other code; a commit cannot. Dependabot reads the version behind it. */
  @Test
  void actions_are_pinned_by_commit_with_their_version_behind() throws IOException {
    List<String> uses = lines().filter(line -> USES.matcher(line).matches()).toList();
    assertFalse(uses.isEmpty());
    assertEquals(List.of(), uses.stream().filter(l -> !PINNED.matcher(l).matches()).toList());
  }

  @Test
  void each_version_of_an_action_is_one_commit() throws IOException {
    List<String> uses =
        lines()
            .filter(line -> USES.matcher(line).matches())
            .map(line -> line.replaceFirst(".*uses: ", ""))
            .distinct()
            .toList();
    List<String> actions = uses.stream().map(line -> line.replaceFirst("@.*", "")).toList();
    assertEquals(actions.stream().distinct().toList(), actions);
  }

  private static Stream<String> lines() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(".github/workflows"))) {
      List<String> lines =
          files
              .sorted()
              .flatMap(
                  file -> {
                    try {
                      return Files.readAllLines(file).stream();
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  })
              .toList();
      return lines.stream();
    }
  }
}
