package mlops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mlops.Program;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of the README and of the page of features, one after the other, in a copy of the
 * sample: each ends as the page says, and prints what the page shows.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadmeTourCheck {
  /** Those that ask somebody at a terminal have tests of their own. */
  private static final Set<String> ASKED = Set.of("replay --step", "destroy");

  /** What the page tells its reader to do before, or says that it was done. */
  private static final Map<String, List<String>> BEFORE =
      Map.of(
          "replay --via registry", List.of("local reset --yes"),
          "features get zone=Chelsea --at 2015-08-01",
              List.of("features apply", "features materialize --from 2015-01-01 --to 2015-08-01"));

  /** A change of a file of the sample that goes before an example, and back after it. */
  private record Edit(String file, Map<String, String> texts) {}

  private static final Map<String, Edit> EDITS =
      Map.of(
          "bootstrap --plan",
          new Edit("compute/computedev.yml", Map.of("max_instances: 3", "max_instances: 6")),
          "drift",
          new Edit("compute/computedev.yml", Map.of("max_instances: 3", "max_instances: 2")),
          "bootstrap (again)",
          new Edit(
              "mlops.yml",
              Map.of("\nsuffix: ", "\nsufix: ", "location: eastus2", "location: \"Mars!\"")));

  private static final Map<String, Integer> EXITS =
      Map.of("train --set inputs.learning_rate=0.5", 3, "drift", 4, "bootstrap (again)", 2);

  @TempDir Path folder;

  private record Ran(int exit, String said) {}

  private Ran run(String... command) throws IOException, InterruptedException {
    Path said = folder.resolve("said.txt");
    int exit =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start()
            .waitFor();
    return new Ran(exit, Files.readString(said, UTF_8));
  }

  private Ran mlops(String words) throws IOException, InterruptedException {
    return run(Program.mlops(words.split(" ")).toArray(String[]::new));
  }

  /** As somebody has it who cloned it: with a commit, which lineage names. */
  private Site clonedSample() throws IOException, InterruptedException {
    Site site = Site.sample(folder);
    Site.copy(Path.of("features"), site.path("features"));
    site.write(".gitignore", ".mlops/\npredictions/\nreport-*.html\nsaid.txt\n");
    run("git", "init", "-q");
    run("git", "add", "-A");
    String[] commit = {"git", "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"};
    assertEquals(0, run(commit).exit());
    return site;
  }

  /** What of an example is not as the page says. */
  private List<String> wrong(String name, ShownExample example)
      throws IOException, InterruptedException {
    for (String before : BEFORE.getOrDefault(name, List.of())) {
      Ran ran = mlops(before);
      assertEquals(0, ran.exit(), () -> before + "\n" + ran.said());
    }
    Ran ran = mlops(example.command());
    List<String> wrong = new ArrayList<>();
    if (ran.exit() != EXITS.getOrDefault(name, 0)) {
      wrong.add("mlops " + name + " ended with " + ran.exit() + ":\n" + ran.said());
    }
    for (String line : example.missing(ran.said())) {
      wrong.add("mlops " + name + " does not say: " + line + "\n" + ran.said());
    }
    return wrong;
  }

  @Test
  void each_example_of_the_readme_ends_as_it_says_and_prints_what_it_shows()
      throws IOException, InterruptedException {
    Site site = clonedSample();
    List<String> wrong = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    List<ShownExample> examples = new ArrayList<>(ShownExample.in(Path.of("README.md")));
    examples.addAll(ShownExample.in(Path.of("docs/features.md")));
    for (ShownExample example : examples) {
      if (ASKED.contains(example.command())) {
        continue;
      }
      String name = example.command() + (seen.contains(example.command()) ? " (again)" : "");
      seen.add(example.command());
      Edit edit = EDITS.getOrDefault(name, new Edit("mlops.yml", Map.of()));
      String original = site.read(edit.file());
      edit.texts().forEach((old, text) -> site.change(edit.file(), old, text));
      wrong.addAll(wrong(name, example));
      site.write(edit.file(), original);
    }
    assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
    assertTrue(seen.size() > 12, seen::toString);
  }
}
