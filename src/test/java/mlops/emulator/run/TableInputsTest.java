package mlops.emulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An MLTable as an input of a job, by the modes that are only for it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TableInputsTest {
  private static final String FILES =
      """
      type: mltable
      paths:
        - folder: ./images/
        - file: ./label[1].csv
        - pattern: ./more/*.txt
      """;

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(folder);
    for (String name :
        "images/a.png images/b/c.png label[1].csv more/x.txt more/y.csv".split(" ")) {
      rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "table/" + name, name);
    }
    rig.state.write(
        Rig.WORKSPACE + "/data/t/versions/1",
        Rig.tree(
            "{name: '1', properties: {dataType: mltable, dataUri: 'azureml://datastores/workspaceblobstore/paths/table/'}}"));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private ObjectNode run(String table, String command, String mode) {
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "table/MLTable", table);
    return rig.run(
        "job-" + mode,
        """
        jobType: Command
        computeId: cpu
        command: "%s"
        inputs: {t: {jobInputType: mltable, mode: %s, uri: 'azureml:t:1'}}
        """
            .formatted(command, mode));
  }

  @Test
  void evaluated_it_is_the_files_that_its_paths_name() {
    String list = "cd ${{inputs.t}} && find . -type f | sort";
    String files = "./images/a.png\n./images/b/c.png\n./label[1].csv\n./more/x.txt\n";
    assertEquals(files, rig.log(run(FILES, list, "EvalMount")));
    String write = "echo mine > ${{inputs.t}}/images/a.png && " + list;
    assertEquals(files, rig.log(run(FILES, write, "EvalDownload")));
    assertEquals("images/a.png", rig.text("table/images/a.png"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "paths: [{file: ./a.csv}]\ntransformations: [{read_delimited: {delimiter: ','}}]\n",
        "paths: [{pattern: 'wasbs://data@elsewhere.blob.core.windows.net/*.png'}]\n",
        "paths: [{folder: ./images/../../other}]\n",
      })
  void what_is_no_file_of_its_folder_is_refused_by_name(String table) {
    ObjectNode run = run(table, "ls", "EvalMount");
    assertEquals("NotImplemented", run.at("/error/error/code").asText(), run.toString());
    assertTrue(run.toString().contains("Give it the mode ro_mount"), run.toString());
  }

  @Test
  void direct_it_is_the_uri_of_its_data() {
    assertEquals(
        "azureml://subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/rg/workspaces/ws/datastores/workspaceblobstore/paths/table/\n",
        rig.log(run(FILES, "echo ${{inputs.t}}", "Direct")));
  }
}
