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

/**
 * Spark jobs really run on Spark. It installs PySpark, 340 MB: {@code ./mvnw test
 * -Dtest=SparkRunsCheck}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SparkRunsCheck {
  private static final String SCRIPT =
      """
      import sys
      from tools import doubled
      from pyspark.sql import SparkSession
      spark = SparkSession.builder.getOrCreate()
      print("Spark", spark.version, "on", spark.sparkContext.master)
      table = spark.read.option("header", "true").csv(sys.argv[1])
      rows = doubled(table.count())
      spark.createDataFrame([(rows,)], ["rows"]).coalesce(1).write.csv(sys.argv[2])
      if "--fail" in sys.argv:
          sys.exit("asked to fail")
      """;
  private static final String SPARK =
      """
      codeId: WS/codes/s/versions/1
      code: WS/codes/s/versions/1
      entry: {sparkJobEntryType: SparkJobPythonEntry, file: main.py}
      pyFiles: [tools.py]
      py_files: [tools.py]
      args: ${{inputs.data}} ${{outputs.out}}
      conf: {spark.executor.cores: "1", spark.executor.instances: "2", spark.driver.memory: 1g}
      """
          .replace("WS", Rig.WORKSPACE);
  private static final String JOB =
      """
      jobType: Spark
      inputs: {data: {jobInputType: uri_file, mode: Direct, uri: azureml://datastores/workspaceblobstore/paths/in/t.csv}}
      outputs: {out: {jobOutputType: uri_folder, mode: Direct}}
      """
          + SPARK;

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(folder);
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/t.csv", "a,b\n1,2\n3,4\n");
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "code/s/main.py", SCRIPT);
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "code/s/tools.py", "def doubled(n):\n    return 2 * n\n");
    rig.state.write(
        Rig.WORKSPACE + "/codes/s/versions/1",
        Rig.tree(
            "properties: {codeUri: 'https://%s.blob.core.windows.net/%s/code/s'}"
                .formatted(Rig.ACCOUNT, Rig.BLOBSTORE)));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /** What Spark wrote, in a file whose name it chose. */
  private String written(ObjectNode run) {
    String uri = run.at("/outputs/out/uri").asText();
    String prefix = uri.substring(uri.indexOf("/paths/") + "/paths/".length());
    return rig.blobs.list(Rig.ACCOUNT, Rig.BLOBSTORE, prefix).stream()
        .map(blob -> blob.name())
        .filter(name -> name.endsWith(".csv"))
        .map(rig::text)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_job_reads_and_writes_by_spark() {
    ObjectNode run = rig.run("spark", JOB);
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals("4\n", written(run));
    String log = rig.log(run);
    assertTrue(log.contains(" on local["), log);
  }

  @Test
  void a_step_of_a_pipeline_does_so_too_and_its_failure_is_that_of_its_script() {
    String step =
        """
        jobType: Pipeline
        settings: {default_compute: cpu}
        outputs: {out: {jobOutputType: uri_folder, mode: Direct}}
        jobs:
          one:
            type: spark
            resources: {instance_type: standard_e4s_v3, runtime_version: "3.5"}
            identity: {identity_type: Managed}
            inputs: {data: {job_input_type: uri_file, mode: Direct, uri: azureml://datastores/workspaceblobstore/paths/in/t.csv}}
            outputs: {out: {type: literal, value: "${{parent.outputs.out}}"}}
            component:
              type: spark
              inputs: {data: {type: uri_file, mode: direct}}
              outputs: {out: {type: uri_folder, mode: direct}}
        """
            + SPARK.indent(6);
    ObjectNode run = rig.run("steps", step);
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals("4\n", written(run));
    ObjectNode failed =
        rig.run("failing", step.replace("${{outputs.out}}", "${{outputs.out}} --fail"));
    assertEquals("Failed", failed.path("status").asText());
    String why = failed.at("/error/error/message").asText();
    assertTrue(why.contains("User process 'python' exited with status code 1"), why);
    assertTrue(why.contains("asked to fail"), why);
  }

  @Test
  void a_file_that_is_not_in_the_code_is_named() {
    ObjectNode failed = rig.run("missing", JOB.replace("[tools.py]", "[tools.py, other.zip]"));
    String why = failed.at("/error/error/message").asText();
    assertTrue(why.contains("'other.zip'"), why);
  }
}
