package mlops.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mlops.assets.content.Upload;
import mlops.error.MlopsException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Job files as people write them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JobFileTest {
  private static final FixedWorkspace WORKSPACE = new FixedWorkspace("ml");

  @TempDir private Path folder;

  @Test
  void paths_with_spaces_and_umlauts_start_from_the_file() throws IOException {
    write("mein code/prüfe.py", "print('ä')");
    write(
        "jobs/job.yml", "command: python prüfe.py\ncode: ../mein code\nenvironment: azureml:e:1\n");
    Upload upload = job("jobs/job.yml").uploads().get(0);
    assertTrue(upload.path().endsWith("/mein code"), upload.path());
    assertTrue(upload.blob(upload.snapshot().files().get(0)).endsWith("/mein code/prüfe.py"));
  }

  @Test
  void anchors_merge_keys_and_commands_of_many_lines() throws IOException {
    write(
        "job.yml",
        """
        type: pipeline
        settings: {default_compute: azureml:cpu}
        jobs:
          one: &one
            environment: azureml:e:1
            command: |
              echo one
              echo two
          two:
            <<: *one
            command: >-
              echo three
              and four
        """);
    AssetRequests job = job("job.yml");
    assertEquals(
        List.of("echo one\necho two\n", "echo three and four"),
        job.dependencies().stream()
            .map(c -> c.body().at("/properties/componentSpec/command").asText())
            .toList());
  }

  @Test
  void what_azures_client_passes_over_is_taken_and_noted() throws IOException {
    write(
        "c.yml",
        """
        type: command
        name: c
        inputs: {rows: {type: integer, default: 1}}
        command: echo ${{inputs.rows}}
        environment: azureml:e:1
        """);
    write(
        "job.yml",
        """
        type: pipeline
        settings: {default_compute: azureml:cpu, datastore: azureml:other}
        jobs:
          one: {component: c.yml, inputs: {row: 3}}
        """);
    JsonNode body = job("job.yml").resource().body();
    assertEquals("azureml:other", body.at("/properties/settings/datastore").asText());
    assertTrue(body.at("/properties/jobs/one/inputs").isEmpty());
    List<String> notes = JobFile.read(folder.resolve("job.yml"), FieldOverrides.none()).notes();
    assertEquals(2, notes.size(), notes::toString);
    assertTrue(notes.get(0).endsWith("no such setting: did you mean default_datastore?"));
    assertTrue(notes.get(1).endsWith("no such input: did you mean rows?"));
  }

  @Test
  void the_same_content_has_the_same_version_and_other_content_another() throws IOException {
    write("src/a.py", "1");
    String yaml =
        """
        type: pipeline
        settings: {default_compute: azureml:cpu}
        jobs:
          one: {command: python a.py, code: src, environment: azureml:e:1}
        """;
    write("job.yml", yaml);
    AssetRequests first = job("job.yml");
    assertEquals(paths(first), paths(job("job.yml")));
    assertEquals(first.hash(), job("job.yml").hash());
    write("src/a.py", "2");
    assertNotEquals(paths(first), paths(job("job.yml")));
    assertNotEquals(first.hash(), job("job.yml").hash());
  }

  @Test
  void a_pipeline_in_a_pipeline_is_made_after_what_it_needs() throws IOException {
    write(
        "inner.yml",
        """
        type: pipeline
        inputs: {rows: {type: integer, default: 3}}
        outputs: {out: {type: uri_folder}}
        jobs:
          deep:
            command: echo ${{inputs.rows}} ${{outputs.made}}
            environment: {image: example/image:1}
            inputs: {rows: "${{parent.inputs.rows}}"}
            outputs: {made: "${{parent.outputs.out}}"}
        """);
    write(
        "job.yml",
        """
        type: pipeline
        settings: {default_compute: azureml:cpu}
        jobs:
          sub: {type: pipeline, component: ./inner.yml, inputs: {rows: 4}}
          after:
            command: echo ${{inputs.x}}
            environment: azureml:e:1
            inputs: {x: "${{parent.jobs.sub.outputs.out}}"}
        """);
    AssetRequests job = job("job.yml");
    assertEquals(
        List.of("environments", "components", "components", "components"),
        job.dependencies().stream().map(Resource::collection).toList());
    JsonNode inner = job.dependencies().get(2).body().at("/properties/componentSpec");
    assertEquals("pipeline", inner.path("type").asText());
    assertEquals(
        WORKSPACE.workspaceId() + "/" + job.dependencies().get(1).path(),
        inner.at("/jobs/deep/componentId").asText());
  }

  @Test
  void an_environment_from_a_file_and_a_component_that_contains_itself() throws IOException {
    write("env.yml", "name: shared\nimage: example/image:1\n");
    write("job.yml", "command: echo\nenvironment: file:env.yml\n");
    assertEquals("environments", job("job.yml").dependencies().get(0).collection());
    write("self.yml", "type: pipeline\njobs: {a: {component: ./self.yml}}\n");
    write("job.yml", "type: pipeline\njobs: {a: {type: pipeline, component: ./self.yml}}\n");
    assertTrue(failure().contains("self.yml contains itself"), failure());
  }

  @Test
  void a_path_that_leaves_through_a_symbolic_link_is_refused() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("a.py"), "1");
    Files.createDirectory(folder.resolve("project"));
    Files.createSymbolicLink(folder.resolve("project/src"), elsewhere);
    write("project/job.yml", "command: echo\nenvironment: azureml:e:1\ncode: src\n");
    MlopsException failure = assertThrows(MlopsException.class, () -> job("project/job.yml"));
    assertTrue(failure.message().contains("leads away through a symbolic link"));
    write("project/job.yml", "command: echo\nenvironment: azureml:e:1\ncode: ../elsewhere\n");
    assertEquals(1, job("project/job.yml").uploads().size());
  }

  @Test
  void set_replaces_text_numbers_and_whole_maps() throws IOException {
    write("job.yml", "command: echo\nenvironment: azureml:e:1\nresources: {instance_count: 1}\n");
    FieldOverrides set =
        FieldOverrides.parse(
            List.of(
                "resources.instance_count=2",
                "description=a: b, {c",
                "inputs={\"n\": 3}",
                "inputs.m=true",
                "display_name=7"));
    JsonNode body =
        JobFile.read(folder.resolve("job.yml"), set)
            .translate(WORKSPACE)
            .resource()
            .body()
            .path("properties");
    assertEquals(2, body.at("/resources/instanceCount").asInt());
    assertEquals("a: b, {c", body.path("description").asText());
    assertEquals("3", body.at("/inputs/n/value").asText());
    assertEquals("True", body.at("/inputs/m/value").asText());
    assertEquals("7", body.path("displayName").asText());
  }

  @Test
  void a_job_that_is_a_component_uses_the_inputs_that_it_gives() throws IOException {
    write(
        "whole.yml",
        """
        type: pipeline
        inputs: {data: {type: uri_folder}}
        jobs:
          one: {command: "ls ${{inputs.d}}", environment: azureml:e:1, inputs: {d: "${{parent.inputs.data}}"}}
        """);
    write("job.yml", "type: pipeline\ncomponent: whole.yml\ninputs: {data: {type: uri_folder}}\n");
    FieldOverrides set = FieldOverrides.parse(List.of("inputs.data.path=azureml:d:1"));
    JobFile job = JobFile.read(folder.resolve("job.yml"), set);
    assertTrue(job.uses("data"));
    assertFalse(job.uses("date"));
  }

  @Test
  void a_wrong_set_is_told_by_its_own_name() throws IOException {
    write("job.yml", "command: echo\nenvironment: azureml:e:1\n");
    FieldOverrides set = FieldOverrides.parse(List.of("resources.instance_cont=2"));
    MlopsException failure =
        assertThrows(MlopsException.class, () -> JobFile.read(folder.resolve("job.yml"), set));
    assertTrue(failure.message().contains("--set resources.instance_cont"), failure.message());
    assertTrue(failure.message().contains("did you mean instance_count?"), failure.message());
    assertThrows(MlopsException.class, () -> FieldOverrides.parse(List.of("nothing")));
  }

  private String failure() {
    return assertThrows(MlopsException.class, () -> job("job.yml")).message();
  }

  private AssetRequests job(String file) {
    return JobFile.read(folder.resolve(file), FieldOverrides.none()).translate(WORKSPACE);
  }

  private static List<String> paths(AssetRequests translation) {
    return translation.dependencies().stream().map(Resource::path).toList();
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
