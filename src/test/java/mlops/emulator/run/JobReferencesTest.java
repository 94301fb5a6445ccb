package mlops.emulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import mlops.emulator.ml.asset.AssetReferences;
import mlops.emulator.ml.asset.AssetType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is checked when a job is submitted is what the job then reads. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JobReferencesTest {
  private static final String IN_GROUP =
      "subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/";

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(folder);
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/x.txt", "found");
    for (String version : new String[] {"1", "2"}) {
      String at = version.equals("2") ? "in/x.txt" : "old.txt";
      rig.state.write(
          Rig.WORKSPACE + "/data/d/versions/" + version,
          Rig.tree(
              "{name: '%s', properties: {dataType: uri_file, dataUri: 'azureml://datastores/workspaceblobstore/paths/%s'}}"
                  .formatted(version, at)));
    }
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "azureml:d:2",
        "d:2",
        "azureml:d@latest",
        Rig.WORKSPACE + "/data/d/versions/2",
        "azureml:" + Rig.WORKSPACE + "/data/d/versions/2",
        "azureml://" + IN_GROUP + "workspaces/ws/data/d/versions/2",
        "azureml://subscriptions/00000000-0000-0000-0000-000000000000/RESOURCEGROUPS/rg/providers/Microsoft.MachineLearningServices/workspaces/ws/data/d/versions/2",
        "azureml://locations/westeurope/workspaces/ws/data/d/versions/2",
        "azureml://Locations/westeurope/Workspaces/ws/data/d/versions/2",
      })
  void each_spelling_of_a_reference_leads_to_the_version(String reference) {
    rig.services.references().require(Rig.WORKSPACE, AssetType.DATA, reference);
    String job =
        """
        jobType: Command
        computeId: cpu
        command: cat ${{inputs.x}}
        inputs: {x: {jobInputType: uri_file, uri: "%s"}}
        """;
    assertEquals("found", rig.log(rig.run("reads", job.formatted(reference))));
  }

  @Test
  void a_label_that_nobody_gave_and_a_path_in_a_datastore_are_no_versions() {
    AssetReferences references = rig.services.references();
    assertEquals(
        Optional.empty(), references.find(Rig.WORKSPACE, AssetType.DATA, "azureml:d@staging"));
    assertEquals(
        Optional.empty(),
        references.id(
            Rig.WORKSPACE,
            AssetType.DATA,
            "azureml://locations/westeurope/workspaces/ws/datastores/d/paths/in/x.txt"));
  }
}
