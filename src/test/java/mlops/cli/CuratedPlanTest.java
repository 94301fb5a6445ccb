package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Environments that only Microsoft has are refused before anything is sent. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CuratedPlanTest {
  private static final String REGISTRY = "azureml://registries/azureml/environments/";

  @TempDir Path folder;

  private String job(String one, String two) throws IOException {
    Files.writeString(
        folder.resolve("component.yml"),
        "name: prep\nversion: 1\ntype: command\ncommand: python -V\nenvironment: %s\n"
            .formatted(two));
    return Files.writeString(
            folder.resolve("job.yml"),
            """
            type: pipeline
            jobs:
              one: {command: python -V, environment: %s, compute: azureml:cpu}
              two: {type: command, component: ./component.yml, compute: azureml:cpu}
            """
                .formatted(one))
        .toString();
  }

  @Test
  void the_plan_names_each_with_what_is_near_and_says_which_are_for_gpus() throws IOException {
    Transcript mlops = Transcript.of(folder.resolve("azure"));
    String file =
        job(
            "azureml:AzureML-sklearn-9.9-ubuntu20.04-py38-cpu@latest",
            REGISTRY + "automl-gpu/labels/latest");
    assertEquals(2, mlops.run("train", "--plan", "--file", file));
    String said = mlops.err();
    assertTrue(said.contains("'AzureML-sklearn-9.9-ubuntu20.04-py38-cpu'"), said);
    assertTrue(
        said.contains("one of these: sklearn-0.24, sklearn-1.0, sklearn-1.1, sklearn-1.5."), said);
    assertTrue(said.contains("automl-gpu/labels/latest': it is made for GPUs"), said);
  }

  @Test
  void those_whose_packages_are_known_are_planned() throws IOException {
    Transcript mlops = Transcript.of(folder.resolve("azure"));
    String file =
        job(
            "azureml:AzureML-sklearn-1.0-ubuntu20.04-py38-cpu@latest",
            REGISTRY + "sklearn-1.5/labels/latest");
    assertEquals(0, mlops.run("train", "--plan", "--file", file), mlops::err);
    assertFalse(mlops.out().contains("refused"), mlops.out());
  }
}
