package mlops.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mlops.emulator.github.actions.Annotation;
import mlops.error.MlopsException;
import mlops.rehearsal.host.BuiltProgram;
import mlops.rehearsal.host.SourceTree;
import mlops.rehearsal.log.CommandFiles;
import mlops.rehearsal.log.JobLog;
import mlops.rehearsal.log.Masks;
import mlops.rehearsal.log.StepFailure;
import mlops.workflow.WorkflowFile;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How steps speak to their runner, without any process. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RunnerPartsTest {
  @TempDir Path folder;

  @Test
  void commands_in_the_output_are_carried_out_and_secrets_are_stars() throws IOException {
    Path file = folder.resolve("logs/1.txt");
    Masks masks = new Masks();
    masks.hide(List.of("hunter2", "two\nlines\n"));
    List<Annotation> annotations = new ArrayList<>();
    JobLog log =
        new JobLog(
            file,
            step -> folder.resolve(step + ".txt"),
            Clock.systemUTC(),
            masks,
            annotations::add);
    log.enter(2);
    for (String line :
        List.of(
            "::group::build",
            "pass hunter2, lines",
            "::endgroup::",
            "::add-mask::swordfish",
            "swordfish",
            "::error file=mlops.yml,line=3,title=a%2C b::no such key%0Ahunter2",
            "::warning::careful: it is hot",
            "::debug::quiet",
            "::stop-commands::halt",
            "::error::is only text",
            "::halt::",
            "::set-output name=a::b",
            "plain :: text")) {
      log.printed(line);
    }

    assertEquals(Files.readAllLines(file), Files.readAllLines(folder.resolve("2.txt")));
    List<String> lines =
        Files.readAllLines(file).stream().map(l -> l.substring(l.indexOf(' ') + 1)).toList();
    assertEquals(
        List.of(
            "##[group]build",
            "pass ***, ***",
            "##[endgroup]",
            "***",
            "##[error]no such key",
            "***",
            "##[warning]careful: it is hot",
            "::error::is only text",
            "##[warning]The command set-output was taken away: use its file.",
            "plain :: text"),
        lines);
    assertEquals(
        List.of(
            new Annotation("failure", "mlops.yml", 3, "a, b", "no such key\n***"),
            new Annotation("warning", ".github", 1, "", "careful: it is hot")),
        annotations);
    assertFalse(log.tail().toString().contains("group"));
    assertEquals("plain :: text", log.tail().get(log.tail().size() - 1));
  }

  @Test
  void what_a_step_leaves_in_its_files_is_read_or_refused() throws IOException {
    CommandFiles files = new CommandFiles(folder);
    Map<String, String> named = files.variables();
    Path env = Path.of(named.get("GITHUB_ENV"));
    Files.writeString(env, "A=b=c\nTEXT<<END\none\ntwo=2\nEND\n\n");
    Files.writeString(Path.of(named.get("GITHUB_PATH")), "/opt/x\n");

    assertEquals(Map.of("A", "b=c", "TEXT", "one\ntwo=2"), files.env());
    assertEquals(List.of("/opt/x"), files.path());
    assertEquals(Map.of(), files.outputs());
    Files.writeString(env, "nonsense\n");
    assertEquals(
        "Invalid format 'nonsense' in GITHUB_ENV",
        assertThrows(StepFailure.class, files::env).message());
    Files.writeString(env, "TEXT<<END\none\n");
    assertTrue(assertThrows(StepFailure.class, files::env).message().contains("'END'"));
  }

  @Test
  void what_a_rehearsal_cannot_do_is_named_before_anything_begins() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("ci.yml"),
            """
            on: push
            jobs:
              a:
                runs-on: x
                steps:
                  - uses: actions/checkout@v4
                  - uses: docker/build-push-action@v6
                  - {run: x, shell: pwsh}
                  - run: echo ${{ secrets.GITHUB_TOKEN }}
              b: {uses: ./.github/workflows/other.yml}
            """);

    MlopsException e =
        assertThrows(MlopsException.class, () -> Rehearsable.require(WorkflowFile.read(file)));

    for (String part :
        List.of(
            "4 mistakes",
            "ci.yml:7:9 a rehearsal does not know the action docker/build-push-action",
            "ci.yml:8:9 a rehearsal does not know the shell pwsh: it knows bash, python, sh",
            "ci.yml:9:1 a rehearsal has no GITHUB_TOKEN",
            "the job b uses the workflow ./.github/workflows/other.yml")) {
      assertTrue(e.message().contains(part), () -> part + " in " + e.message());
    }
  }

  @Test
  void an_mlops_of_other_sources_is_not_taken_along_but_named() throws IOException {
    Path source = folder.resolve("source");
    Path jar = source.resolve("target/mlops.jar");
    for (String file :
        List.of("mlops", "pom.xml", "src/main/java/mlops/Main.java", "target/mlops.jar")) {
      Files.createDirectories(source.resolve(file).getParent());
      Files.writeString(source.resolve(file), "x");
    }
    Path file =
        Files.writeString(
            folder.resolve("ci.yml"),
            "on: push\njobs: {a: {runs-on: x, steps: [{run: ./mlops --version}]}}\n");
    FileTime soon = FileTime.from(Instant.now().plusSeconds(60));
    Files.setLastModifiedTime(jar, soon);

    Rehearsable.requireBuilt(WorkflowFile.read(file), source);
    new SourceTree(source).copyTo(folder.resolve("one"));
    assertTrue(new BuiltProgram(folder.resolve("one")).isCurrent());

    FileTime later = FileTime.from(Instant.now().plusSeconds(120));
    Files.setLastModifiedTime(source.resolve("src/main/java/mlops"), later);
    new SourceTree(source).copyTo(folder.resolve("other"));
    assertFalse(Files.exists(folder.resolve("other/target")));
    MlopsException e =
        assertThrows(
            MlopsException.class, () -> Rehearsable.requireBuilt(WorkflowFile.read(file), source));
    assertTrue(e.message().contains("not built from its sources as they are now"), e::message);
    assertTrue(e.hint().contains("mlops --version"), e::hint);
  }
}
