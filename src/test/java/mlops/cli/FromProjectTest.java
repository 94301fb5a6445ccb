package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mlops.profile.Profile;
import mlops.profile.ProfileFile;
import mlops.profile.ProfileOverrides;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init --from-project}: what a project trains with is read from its files and scripts. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FromProjectTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void project() throws IOException {
    folder = Files.createDirectory(temporary.resolve("My_Trips"));
    write(
        "azureml/pipeline.yml",
        """
        type: pipeline
        settings: {default_compute: azureml:cpu}
        inputs:
          trips: {type: uri_file, path: azureml:trips@latest}
          zones: {type: uri_file, path: azureml:zones:1}
        outputs:
          model: {type: custom_model, name: fares}
        jobs:
          prep: {type: command, component: ./prep.yml, inputs: {trips: "${{parent.inputs.trips}}"}}
        """);
    write(
        "azureml/prep.yml",
        """
        $schema: https://azuremlschemas.azureedge.net/latest/commandComponent.schema.json
        name: prep
        type: command
        inputs: {trips: {type: uri_file}}
        command: cat ${{inputs.trips}}
        environment: azureml:prep-env@latest
        """);
    write("azureml/env.yml", "name: prep-env\\nimage: ubuntu\\n".replace("\\n", "\n"));
    write("azureml/other/job.yml", "command: ls\ncompute: azureml:cpu\nenvironment: azureml:x:1\n");
    write("data/trips.csv", "1,2\n");
    write(
        "azureml/score/endpoint.yml",
        "$schema: https://x/latest/managedOnlineEndpoint.schema.json\nname: e\n");
    write(
        "scripts/setup.sh",
        """
        CLUSTER="cpu"
        rm -rf "$HOME"
        az ml compute create --name ${CLUSTER} --size STANDARD_E4s_v3 \\\\
            --max-instances 2 --type AmlCompute
        az ml data create -n trips -t uri_file --path ../data/trips.csv
        az ml job create -f ../azureml/pipeline.yml
        """
            .replace("\\\\", "\\"));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Profile profile() {
    return ProfileFile.load(folder.resolve("mlops.yml"), ProfileOverrides.none(), Map.of());
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  @Test
  void the_job_that_scripts_submit_is_taken_with_all_that_it_needs() throws IOException {
    Transcript mlops = Transcript.of(temporary.resolve("azure"));
    assertEquals(
        0, mlops.run("init", "--from-project", folder.toString(), "--suffix", "own"), mlops::err);
    Profile profile = profile();
    assertEquals("mlw-my-trips-own", profile.training().environment().workspace());
    assertEquals("fares", profile.training().environment().model());
    assertTrue(profile.training().pipeline().endsWith("azureml/pipeline.yml"));
    assertTrue(profile.training().environment().environment().endsWith("azureml/env.yml"));
    assertTrue(read("mlops-init/compute-cpu.yml").contains("size: STANDARD_E4s_v3\n"));
    assertTrue(read("mlops-init/compute-cpu.yml").contains("max_instances: 2\n"));
    assertEquals(
        List.of("mlops-init/data-trips.yml"),
        profile.training().assets().stream()
            .map(asset -> profile.folder().relativize(asset.file()).toString())
            .toList());
    assertTrue(read("mlops-init/data-trips.yml").contains("path: '../data/trips.csv'\n"));
    assertTrue(mlops.out().contains("data zones is needed by the job"), mlops.out());
    assertTrue(mlops.out().contains("azureml/other/job.yml  mlops train --file"), mlops.out());
    assertTrue(mlops.out().contains("azureml/prep.yml  comes with the job"), mlops.out());
    assertTrue(mlops.out().contains("online endpoints are not built"), mlops.out());
    assertTrue(read("mlops.yml").contains("#   data zones is needed by the job"));
  }

  @Test
  void what_it_writes_is_planned_from_bootstrap_to_the_job() throws IOException {
    String pipeline = read("azureml/pipeline.yml").replaceAll(".*zones.*\n|outputs:\n.*\n", "");
    write("azureml/pipeline.yml", pipeline);
    Transcript mlops = Transcript.of(temporary.resolve("azure"));
    assertEquals(
        0, mlops.run("init", "--from-project", folder.toString(), "-o", "json"), mlops::err);
    assertEquals(1, mlops.json().at("/result/missing").size(), mlops::out);
    String left = mlops.json().at("/result/missing/0").asText();
    assertTrue(left.contains("pipeline.yml names no model"), left);
    String next = mlops.json().at("/result/next").asText();
    assertTrue(next.endsWith("mlops bootstrap && mlops train --file azureml/pipeline.yml"), next);
    String profile = folder.resolve("mlops.yml").toString();
    assertEquals(0, mlops.run("bootstrap", "--plan", "--profile", profile), mlops::err);
    assertEquals(0, mlops.run("train", "--plan", "--profile", profile), mlops::err);
    assertTrue(mlops.out().contains("data.dev.trips"), mlops.out());
  }

  @Test
  void a_batch_deployment_makes_an_environment_that_the_model_is_promoted_to() throws IOException {
    String pipeline = read("azureml/pipeline.yml").replaceAll(".*zones.*\n", "");
    write("azureml/pipeline.yml", pipeline);
    write(
        "serve/deployment.yml",
        """
        $schema: https://azuremlschemas.azureedge.net/latest/modelBatchDeployment.schema.json
        name: blue
        endpoint_name: anything
        type: model
        model: azureml:fares@latest
        compute: azureml:batch
        """);
    Transcript mlops = Transcript.of(temporary.resolve("azure"));
    assertEquals(0, mlops.run("init", "--from-project", folder.toString()), mlops::err);
    assertTrue(mlops.out().contains("serve/deployment.yml  serves in prod"), mlops.out());
    assertTrue(mlops.out().contains("what prod scores is not said"), mlops.out());
    assertTrue(read("mlops-init/compute-batch.yml").contains("name: batch\n"));
    String profile = folder.resolve("mlops.yml").toString();
    assertEquals("fares", profile().stages().targets().get(0).environment().model());
    assertEquals(0, mlops.run("bootstrap", "--plan", "--profile", profile), mlops::err);
  }

  @Test
  void deployments_for_several_environments_make_each_in_the_order_of_promotion()
      throws IOException {
    String pipeline = read("azureml/pipeline.yml").replaceAll(".*zones.*\n", "");
    write("azureml/pipeline.yml", pipeline);
    String deployment =
        """
        $schema: https://azuremlschemas.azureedge.net/latest/modelBatchDeployment.schema.json
        name: blue
        endpoint_name: anything
        type: model
        model: azureml:fares@latest
        compute: azureml:batch
        """;
    write("prod/deployment.yml", deployment);
    write("serve/deployment-uat.yml", deployment.replace("blue", "green"));
    write(
        "prod/endpoint.yml",
        "$schema: https://azuremlschemas.azureedge.net/latest/batchEndpoint.schema.json\nname: e\n");
    Transcript mlops = Transcript.of(temporary.resolve("azure"));
    assertEquals(0, mlops.run("init", "--from-project", folder.toString()), mlops::err);
    assertTrue(mlops.out().contains("serve/deployment-uat.yml  serves in uat"), mlops.out());
    assertTrue(mlops.out().contains("prod/endpoint.yml  serves in prod"), mlops.out());
    assertEquals(2, mlops.out().split("compute batch is made by nothing", -1).length, mlops.out());
    assertEquals(
        List.of("uat", "prod"),
        profile().stages().targets().stream().map(Profile.Target::name).toList());
    String file = folder.resolve("mlops.yml").toString();
    assertEquals(0, mlops.run("bootstrap", "--plan", "--profile", file), mlops::err);
    assertTrue(mlops.out().contains("workspace.uat"), mlops.out());
  }

  @Test
  void a_folder_without_a_job_is_refused_and_nothing_is_written() throws IOException {
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    Transcript mlops = Transcript.of(temporary.resolve("azure"));
    assertEquals(2, mlops.run("init", "--from-project", empty.toString()));
    assertTrue(mlops.err().contains("has no job file of Azure ML"), mlops.err());
    assertFalse(Files.exists(empty.resolve("mlops.yml")));
    assertEquals(2, mlops.run("init", "--from-project", empty.resolve("x").toString()));
  }
}
