package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import mlops.Connections;
import mlops.cli.session.CliEnvironment;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.SingleJsonOutput;
import mlops.cli.terminal.TypedCommand;
import mlops.profile.Profile;
import mlops.profile.ProfileFile;
import mlops.profile.ProfileOverrides;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project begins: by a folder that is laid out like the guide, by a template, by questions. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class InitCommandTest {
  private static final String SCRIPT =
      """
      # Please update the sufix
      $resource_sufix="abc"
      $subscriptionId="0000"
      $resource_region='westeurope' # a region
      $resource_group_ml="rg-x-$($resource_sufix)"
      $resource_group_stg="rg-s-${resource_sufix}"
      $workspace01="ml-$resource_sufix-01"
      $workspace02="ml-$($resource_sufix)-02"
      $workspace03="ml-$($resource_sufix)-03"
      $storage_name="stx$($resource_sufix)"
      $managed_identity_mlgroup="idx$($resource_sufix)"
      Remove-Item -Recurse -Force $HOME
      """;

  private static final String README =
      """
      # Steps
      ```PowerShell
      az ml workspace create --name $workspace02 --location $resource_region --display-name "For Tests"
      az storage container create --name mydev --account-name $storage_name
      az storage container create --name mlopsdemotest --account-name $storage_name
      az storage azcopy blob upload -c mlopsdemotest -s "data/taxi-batch.csv" -d "in/taxi-batch.csv"
      az storage azcopy blob upload -c mlopsdemotest -s "data/none.csv" -d "in/none.csv"
      ```
      $endpoint_name_test = "taxi-$resource_sufix"
      az ml batch-endpoint invoke --deployment-name batch-dp-mlopsdemo-test --input azureml://datastores/a/paths/in --output-path azureml://datastores/a/paths/out
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Runs a command where somebody types this; nobody where it is empty. */
  private int run(String typed, String... words) {
    Console console =
        new Console(
            new PrintWriter(out),
            new PrintWriter(err),
            !typed.isEmpty(),
            false,
            new StringReader(typed),
            new SingleJsonOutput(),
            TypedCommand.plain());
    CliEnvironment environment =
        new CliEnvironment(new Connections(Map.of()), console, Map.of(), Clock.systemUTC());
    return MlopsCommand.execute(environment, words);
  }

  private String said() {
    return out.toString() + err;
  }

  private Profile profile() {
    return ProfileFile.load(folder.resolve("mlops.yml"), ProfileOverrides.none(), Map.of());
  }

  private void guide() throws IOException {
    for (String part : List.of("compute", "dev", "test", "prod", "data", "registry.yml")) {
      Site.copy(Path.of(part), folder.resolve(part));
    }
    Path endpoint = folder.resolve("test/batch-endpoint-test.yml");
    String text =
        Files.readString(endpoint)
            .replaceFirst("(?m)^name: .*", "name: \\$(endpoint_name_test) ## a dummy");
    Files.writeString(endpoint, text);
    Files.createDirectories(folder.resolve("scripts"));
    Files.writeString(folder.resolve("scripts/env.ps1"), SCRIPT);
    Files.writeString(folder.resolve("README.md"), README);
  }

  @Test
  void a_folder_laid_out_like_the_guide_is_taken_over() throws IOException {
    guide();
    Files.createDirectory(folder.resolve(".git"));
    assertEquals(0, run("", "init", "--from-guide", folder.toString()), this::said);
    Profile profile = profile();
    assertEquals("abc", profile.suffix());
    assertEquals("westeurope", profile.location());
    assertEquals("rg-x-abc", profile.resourceGroups().ml());
    assertEquals("rg-s-abc", profile.resourceGroups().storage());
    assertEquals("stxabc", profile.storageAccount());
    assertEquals("ml-abc-01", profile.training().environment().workspace());
    assertEquals("mydev", profile.training().environment().blobs().container());
    assertEquals("taxi-model-mlops-demo", profile.training().environment().model());
    assertEquals("For Tests", profile.targets().get(0).environment().displayName());
    assertEquals("taxi-abc", profile.targets().get(0).endpointName());
    assertEquals("azureml://datastores/a/paths/out", profile.targets().get(0).output());
    assertEquals(1, profile.targets().get(0).environment().blobs().uploads().size());
    assertEquals("taxifare-b-mldemo-p-demo", profile.targets().get(1).endpointName());
    assertTrue(Files.readString(folder.resolve(".gitignore")).contains(".mlops/"));
  }

  @Test
  void what_a_guide_lacks_is_told_together_and_nothing_is_written() throws IOException {
    guide();
    String script = SCRIPT.replaceAll("(?m)^.storage_name.*\n", "");
    Files.writeString(folder.resolve("scripts/env.ps1"), script);
    Files.delete(folder.resolve("prod/data-store.yml"));
    assertEquals(2, run("", "init", "--from-guide", folder.toString()), this::said);
    assertTrue(said().contains("scripts/env.ps1 sets no variable $storage_name"), this::said);
    assertTrue(said().contains("prod has no file of the schema azureBlob"), this::said);
    assertFalse(Files.exists(folder.resolve("mlops.yml")));
    Path elsewhere = folder.resolve("data");
    assertEquals(2, run("", "init", "--from-guide", elsewhere.toString()), this::said);
    assertTrue(said().contains("is not laid out like the guide"), this::said);
  }

  @Test
  void the_template_of_a_table_is_a_project_that_can_be_planned() {
    String place = folder.toString();
    assertEquals(0, run("", "init", "--template", "tabular", place, "--suffix", "me"), this::said);
    assertEquals("sthousesme", profile().storageAccount());
    Transcript mlops = Transcript.of(folder.resolve(".mlops"));
    String file = folder.resolve("mlops.yml").toString();
    assertEquals(0, mlops.run("replay", "--plan", "--profile", file), mlops::err);
    assertTrue(mlops.out().contains("deployment houses"), mlops::out);
  }

  @Test
  void a_file_that_is_there_is_replaced_by_force_alone() throws IOException {
    Path profile = folder.resolve("mlops.yml");
    Files.writeString(profile, "mine");
    assertEquals(2, run("", "init", "--template", "tabular", folder.toString()), this::said);
    assertTrue(said().contains("mlops.yml is there already, in " + folder), this::said);
    assertEquals("mine", Files.readString(profile));
    assertFalse(Files.exists(folder.resolve("dev")));
    assertEquals(0, run("", "init", "--template=blank", folder.toString(), "--force"), this::said);
    assertTrue(Files.readString(profile).startsWith("# The profile: what mlops works on."));
    assertTrue(said().contains("Write the Azure ML files that mlops.yml names"), this::said);
  }

  @Test
  void in_a_terminal_it_asks() {
    assertEquals(0, run("\nmine\n", "init", folder.toString()), this::said);
    assertTrue(said().contains("Begin from what? tabular or blank? [tabular] "), this::said);
    assertEquals("mine", profile().suffix());
    assertEquals(2, run("\n\n", "init", folder.toString()), this::said);
    assertTrue(said().contains("mlops.yml is there already"), this::said);
  }

  @Test
  void in_a_terminal_a_wrong_answer_is_told_and_asked_for_again() {
    String place = folder.toString();
    assertEquals(0, run("what\nblank\nUPPER\nmine\n", "init", place), this::said);
    assertTrue(said().contains("cannot begin from \"what\""), this::said);
    assertTrue(said().contains("the suffix \"UPPER\" breaks the rule"), this::said);
    assertEquals(2, run("blank\n", "init", place, "--force"), this::said);
    assertTrue(said().contains("nobody answered: The suffix of all names"), this::said);
  }

  @Test
  void in_a_terminal_a_project_that_is_there_is_offered_first() throws IOException {
    Files.createDirectory(folder.resolve("azureml"));
    String job = "command: ls\ncompute: azureml:cpu\nenvironment: azureml:x:1\n";
    Files.writeString(folder.resolve("azureml/job.yml"), job);
    assertEquals(0, run("\n\n", "init", folder.toString()), this::said);
    assertTrue(
        said()
            .contains(
                "Begin from what? project (Azure ML files are here), tabular or blank? [project]"),
        this::said);
    assertTrue(
        said().contains("mlops bootstrap && mlops train --file azureml/job.yml"), this::said);
    assertTrue(profile().training().pipeline().endsWith("azureml/job.yml"));
  }

  @Test
  void without_a_terminal_it_says_what_to_say() {
    assertEquals(2, run("", "init", folder.toString()), this::said);
    assertTrue(said().contains("nobody answered: Begin from what?"), this::said);
    assertEquals(0, run("", "init", "--template=blank", folder.toString(), "-o", "json"));
    assertTrue(out.toString().contains("\"files\" : [ \"mlops.yml\" ]"), this::said);
  }
}
