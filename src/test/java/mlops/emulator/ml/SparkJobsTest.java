package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of a Spark job when it is submitted. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SparkJobsTest {
  private static final String WS = MlCloud.WORKSPACE;

  @TempDir Path folder;
  private MlCloud ml;

  @BeforeEach
  void open() {
    ml = MlCloud.in(folder);
    ml.put(
        WS + "/codes/c/versions/1",
        "{'properties':{'codeUri':'https://mlone.blob.core.windows.net/code/c'}}");
  }

  private Answer submit(String what) {
    return ml.put(
        WS + "/jobs/spark",
        "{'properties':{'jobType':'Spark',%s}}".formatted(what.replace("WS", WS)));
  }

  @Test
  void it_needs_code_and_a_file_in_it() {
    String entry = "'entry':{'sparkJobEntryType':'SparkJobPythonEntry','file':'main.py'}";
    assertEquals(400, submit(entry).status());
    assertEquals(404, submit(entry + ",'codeId':'WS/codes/none/versions/1'").status());
    assertEquals(
        400,
        submit(
                "'entry':{'sparkJobEntryType':'SparkJobPythonEntry'},'codeId':'WS/codes/c/versions/1'")
            .status());
    assertEquals(
        404,
        submit(
                entry
                    + ",'codeId':'WS/codes/c/versions/1','environmentId':'WS/environments/no/versions/1'")
            .status());
  }

  @Test
  void a_class_of_scala_is_refused_by_name() {
    Answer scala =
        submit(
            "'codeId':'WS/codes/c/versions/1','entry':{'sparkJobEntryType':'SparkJobScalaEntry','className':'Main'}");
    assertEquals(501, scala.status());
    assertTrue(scala.json().toString().contains("classes of Scala"), scala.json()::toString);
  }

  @Test
  void it_runs_on_an_attached_pool_which_nothing_else_does() {
    String pool = WS + "/computes/pool";
    String attach =
        "{'location':'eastus2','properties':{'computeType':'SynapseSpark','resourceId':'%s'}}";
    assertEquals(400, ml.put(pool, attach.formatted("pool")).status());
    Answer made =
        ml.put(
            pool,
            attach.formatted(
                MlCloud.GROUP + "/providers/Microsoft.Synapse/workspaces/syn/bigDataPools/p"));
    assertEquals(201, made.status(), made.json()::toString);
    assertEquals("syn", ml.get(pool).text("/properties/properties/workspaceName"));
    assertEquals(400, ml.patch(pool, "{'properties':{'properties':{}}}").status());
    ml.put(WS + "/environments/plain/versions/1", "{'properties':{'image':'x'}}");
    String command =
        "{'properties':{'jobType':'Command','command':'true','environmentId':'WS/environments/plain/versions/1','computeId':'WS/computes/pool'}}";
    Answer other = ml.put(WS + "/jobs/other", command.replace("WS", WS));
    assertEquals(400, other.status());
    assertTrue(other.json().toString().contains("'pool' is of type SynapseSpark"));
    ml.put(
        WS + "/computes/cpu",
        "{'location':'eastus2','properties':{'computeType':'AmlCompute','properties':{'vmSize':'STANDARD_DS3_V2','scaleSettings':{'maxNodeCount':1}}}}");
    Answer cluster =
        submit(
            "'codeId':'WS/codes/c/versions/1','entry':{'sparkJobEntryType':'SparkJobPythonEntry','file':'main.py'},'computeId':'WS/computes/cpu'");
    assertEquals(400, cluster.status());
    assertEquals(200, ml.delete(pool + "?underlyingResourceAction=Detach").status());
  }
}
