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

/**
 * Parallel steps over the rows of an mltable, by the real package. It installs mltable and pandas,
 * 270 MB: {@code ./mvnw test -Dtest=ParallelRowsCheck}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ParallelRowsCheck {
  private static final String BY_SIZE =
      """
      def init():
          pass

      def run(table):
          return [f"{row.store} {row.price:.1f} of {len(table)}" for row in table.itertuples()]
      """;
  private static final String BY_KEY =
      """
      def init():
          pass

      def run(table, context):
          key = context.partition_key_value
          return [f"{context.minibatch_index} {key['store']} {key['brand']} {table.price.sum():.1f}"]
      """;
  private static final String TABLE =
      """
      paths:
        - pattern: ./*/*/data.csv
      transformations:
        - extract_columns_from_partition_format: {partition_format: "/{store}/{brand}/data.csv"}
        - read_delimited: {delimiter: ",", encoding: utf8, header: all_files_same_headers}
      """;
  private static final String PIPELINE =
      """
      jobType: Pipeline
      settings: {default_compute: cpu}
      outputs: {all: {jobOutputType: uri_file}}
      jobs:
        rows:
          type: parallel
          component:
            type: parallel
            inputs: {sales: {type: mltable}}
            outputs: {rows: {type: uri_file}}
            input_data: ${{inputs.sales}}
            mini_batch_size: "0"
            task:
              type: run_function
              code: WS/codes/rows/versions/1
              environment: WS/environments/table/versions/1
              entry_script: SCRIPT
              append_row_to: ${{outputs.rows}}
          OWN
          max_concurrency_per_instance: 2
          inputs:
            sales: {job_input_type: mltable, mode: Direct, uri: azureml://datastores/workspaceblobstore/paths/in/}
          outputs: {rows: {type: literal, value: "${{parent.outputs.all}}"}}
      """
          .replace("WS", Rig.WORKSPACE);

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(folder);
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "code/rows/size.py", BY_SIZE);
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "code/rows/key.py", BY_KEY);
    rig.state.write(
        Rig.WORKSPACE + "/codes/rows/versions/1",
        Rig.tree(
            "properties: {codeUri: 'https://%s.blob.core.windows.net/%s/code/rows'}"
                .formatted(Rig.ACCOUNT, Rig.BLOBSTORE)));
    rig.state.write(
        Rig.WORKSPACE + "/environments/table/versions/1",
        Rig.tree("properties: {condaFile: 'dependencies: [{pip: [mltable, pandas]}]'}"));
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/MLTable", TABLE);
    for (String place : new String[] {"1/ada", "1/bob", "2/ada"}) {
      rig.blob(
          Rig.ACCOUNT, Rig.BLOBSTORE, "in/" + place + "/data.csv", "price,x\n1.5,10\n2.5,10\n");
    }
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private ObjectNode run(String script, String own) {
    return rig.run("job", PIPELINE.replace("SCRIPT", script).replace("OWN", own));
  }

  @Test
  void a_script_is_given_tables_of_about_a_size() {
    ObjectNode run = run("size.py", "mini_batch_size: 60"); // a row is "1.5,10,1,ada\n"
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals(
        """
        1 1.5 of 4
        1 2.5 of 4
        1 1.5 of 4
        1 2.5 of 4
        2 1.5 of 2
        2 2.5 of 2
        """,
        rig.output(run, "all", ""));
    String log = rig.log(rig.child("job", "rows"));
    assertTrue(log.contains("6 rows in 2 mini batches, at most 2 workers"), log);
    assertTrue(log.contains("6 rows succeeded, 0 failed; 6 results."), log);
  }

  @Test
  void a_script_is_given_the_rows_of_each_key_and_told_which_it_is() {
    ObjectNode run = run("key.py", "partition_keys: '[\"store\", \"brand\"]'");
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals("0 1 ada 4.0\n1 1 bob 4.0\n2 2 ada 4.0\n", rig.output(run, "all", ""));
  }

  @Test
  void keys_by_which_the_table_is_not_partitioned_are_named() {
    ObjectNode run = run("key.py", "partition_keys: '[\"store\", \"price\"]'");
    assertEquals("Failed", run.path("status").asText());
    String why = run.at("/error/error/message").asText();
    assertTrue(why.contains("is not partitioned by price") && why.contains("store, brand"), why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ReadOnlyMount", "Download"})
  void a_job_reads_its_table_by_mltable_with_what_that_transforms(String mode) {
    String more =
        """
          - convert_column_types: [{columns: price, column_type: float}]
          - filter: 'col("price") > 2'
          - drop_columns: [x]
        """;
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/MLTable", TABLE + more);
    ObjectNode run =
        rig.run(
            "reads",
            """
            jobType: Command
            computeId: cpu
            environmentId: WS/environments/table/versions/1
            command: |
              python -c "import mltable; print(mltable.load('${{inputs.t}}').to_pandas_dataframe().sort_index(axis=1).to_csv(index=False))"
            inputs: {t: {jobInputType: mltable, mode: MODE, uri: azureml://datastores/workspaceblobstore/paths/in/}}
            """
                .replace("WS", Rig.WORKSPACE)
                .replace("MODE", mode));
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    String log = rig.log(run);
    assertTrue(log.contains("brand,price,store\nada,2.5,1\nbob,2.5,1\nada,2.5,2\n"), log);
  }
}
