package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mlops.workflow.StepWork;
import mlops.workflow.Workflow;
import mlops.workflow.WorkflowFile;
import mlops.workflow.WorkflowJob;
import mlops.workflow.WorkflowStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops github workflow}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class GitHubWorkflowTest {
  private static final String FILE = ".github/workflows/mlops.yml";
  private static final String CHECKOUT =
      "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";

  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void a_repository_with_the_sample() throws IOException {
    site = Site.sample(folder.resolve("taxi"));
    site.write("mlops", "");
    Files.createDirectory(site.path(".git"));
  }

  private int workflow(String... more) {
    String[] words = new String[2 + more.length];
    words[0] = "github";
    words[1] = "workflow";
    System.arraycopy(more, 0, words, 2, more.length);
    return site.run(words);
  }

  @Test
  void that_of_this_repository_is_up_to_date() {
    Transcript mlops = Transcript.of(folder.resolve("state"));
    assertEquals(0, mlops.run("github", "workflow", "--check"), mlops.out());
    assertFalse(Files.exists(folder.resolve("state")), "it needs no Azure");
    Workflow read = WorkflowFile.read(Path.of(FILE));
    assertEquals(
        List.of("dev", "test", "prod"), read.jobs().stream().map(WorkflowJob::id).toList());
  }

  @Test
  void where_the_profile_wants_an_approval_the_run_takes_one() throws IOException {
    site.change("mlops.yml", "approvals:\n  prod: none", "approvals:\n  prod: required");
    assertEquals(0, workflow(), site.said());
    String text = Files.readString(site.path(FILE));
    assertTrue(text.contains("    inputs:\n      approve:\n        description: "), text);
    assertTrue(text.contains("          APPROVE: ${{ inputs.approve }}\n        run: "), text);
    String run =
        "--to prod --model-version \"$VERSION\" ${APPROVE:+--approve \"$APPROVE\"} --cloud";
    assertTrue(text.contains(run), text);
    assertTrue(text.contains("--to test --model-version \"$VERSION\" --cloud"), text);
    assertEquals(
        List.of("dev", "test", "prod"),
        WorkflowFile.read(site.path(FILE)).jobs().stream().map(WorkflowJob::id).toList());
  }

  @Test
  void it_is_written_once_and_checked_by_line() {
    assertEquals(4, workflow("--check"));
    assertTrue(site.said().contains("missing"), site.said());
    assertEquals(0, workflow("-o", "json"), site.said());
    assertEquals("created", site.mlops().json().at("/result/outcome").asText());
    assertEquals(0, workflow("--check"), site.said());

    site.change("mlops.yml", "# required:", "github: {prod: {name: Live}}\n# required:");

    assertEquals(4, workflow("--check"));
    assertTrue(site.said().contains("too much: environment: Prod"), site.said());
    assertTrue(site.said().contains("missing: environment: Live"), site.said());
    assertEquals(0, workflow());
    assertTrue(site.read(FILE).contains("\n    environment: Live\n"));
    assertEquals(0, workflow("--suffix", "two"), site.said());
    assertTrue(site.read(FILE).contains("compare --cloud azure --suffix two\n"));
  }

  @Test
  void what_somebody_else_wrote_stays_and_so_does_a_newer_action() {
    site.write(FILE, "name: mine\n");
    assertEquals(2, workflow());
    assertTrue(site.said().contains("not written by mlops"), site.said());
    assertEquals("name: mine\n", site.read(FILE));
    assertEquals(0, workflow("--force"));

    String newer = CHECKOUT.replace("3d3c42e5", "00000000").replace("v7.0.1", "v7.0.2");
    site.write(FILE, site.read(FILE).replace(CHECKOUT, newer));
    assertEquals(0, workflow("--check"), site.said());
    site.change(FILE, "--to prod", "--to test");
    assertEquals(0, workflow());
    assertTrue(site.read(FILE).contains(newer) && site.read(FILE).contains("--to prod"));
    site.write(FILE, site.read(FILE).replace(newer, "actions/checkout@v7"));
    assertEquals(4, workflow("--check"), "a tag is no commit");
  }

  @Test
  void a_project_without_the_launcher_gets_a_release() throws IOException {
    Files.delete(site.path("mlops"));
    assertEquals(2, workflow());
    assertTrue(site.said().contains("--release OWNER/NAME@v1.2.3"), site.said());
    assertEquals(2, workflow("--release", "octo/mlops"));
    assertEquals(0, workflow("--release", "octo/mlops@v0.2.0"), site.said());
    assertTrue(site.read(FILE).contains("gh release download v0.2.0 --repo octo/mlops "));
    assertTrue(site.read(FILE).contains("run: mlops train "));
    assertEquals(0, workflow("--check"), "it is remembered");
  }

  /** The lines of a job that get it, as a runner runs them, beside a gh that hands out files. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the lines are those of a runner with bash")
  void a_release_is_unpacked_where_it_is_what_its_checksums_say() throws Exception {
    Files.delete(site.path("mlops"));
    assertEquals(0, workflow("--release", "octo/mlops@v0.2.0"), site.said());
    WorkflowStep get =
        WorkflowFile.read(site.path(FILE)).jobs().get(0).steps().stream()
            .filter(s -> s.name().map(n -> n.written().equals("Get mlops")).orElse(false))
            .findFirst()
            .orElseThrow();
    String lines = ((StepWork.Script) get.work()).script().written();
    site.write("gh/gh", "#!/bin/sh\necho \"$@\" >asked\ncp \"$RELEASED\"/* .\n");
    site.write("mlops-0.2.0/bin/mlops", "#!/bin/sh\necho released\n");
    assertTrue(site.path("gh/gh").toFile().setExecutable(true));
    String make =
        "chmod +x mlops-0.2.0/bin/mlops; mkdir released; tar -czf released/mlops-0.2.0.tar.gz mlops-0.2.0;"
            + " cd released; sha256sum * >SHA256SUMS; echo 0  mlops-0.2.0.zip >>SHA256SUMS";
    assertEquals(0, bash(make, site.path(".")));

    Path runner = Files.createDirectory(folder.resolve("runner"));
    assertEquals(0, bash(lines, runner));
    assertEquals(
        "release download v0.2.0 --repo octo/mlops --pattern mlops-*.tar.gz --pattern SHA256SUMS\n",
        Files.readString(runner.resolve("asked")));
    String added = Files.readString(folder.resolve("path")).strip();
    assertEquals(0, bash("test \"$(mlops)\" = released", Path.of(added)), added);

    site.write("released/mlops-0.2.0.tar.gz", "another");
    Path other = Files.createDirectory(folder.resolve("other"));
    assertEquals(1, bash(lines, other), "not what was released");
    assertFalse(Files.exists(other.resolve("mlops-0.2.0")));
  }

  private int bash(String lines, Path where) throws IOException, InterruptedException {
    ProcessBuilder bash = new ProcessBuilder("bash", "-e", "-c", lines).directory(where.toFile());
    String path = site.path("gh") + ":" + where + ":" + System.getenv("PATH");
    bash.environment().put("PATH", path);
    bash.environment().put("RELEASED", site.path("released").toString());
    bash.environment().put("GITHUB_PATH", folder.resolve("path").toString());
    bash.redirectErrorStream(true).redirectOutput(folder.resolve("said").toFile());
    return bash.start().waitFor();
  }

  @Test
  void it_starts_by_the_folder_of_the_guide_and_works_in_a_folder_of_the_repository()
      throws IOException {
    Files.delete(site.path(".git"));
    Files.createDirectory(folder.resolve(".git"));
    Files.createDirectory(site.path("data-science"));
    assertEquals(0, workflow(), site.said());

    String text = Files.readString(folder.resolve(FILE));
    assertTrue(text.contains("    paths:\n      - taxi/data-science/**\n\n"), text);
    assertTrue(text.contains("    working-directory: taxi\n"), text);
    assertTrue(text.contains("            taxi/predictions/demo/test\n"), text);
  }
}
