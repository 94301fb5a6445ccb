package mlops.emulator.run.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import mlops.emulator.run.record.JobFailure;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What Spark is given for a job, without Spark. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SparkProgramTest {
  private static final String COMPONENT =
      """
      entry: {file: main.py}
      args: --in ${{inputs.in}}
      py_files: [utils.zip]
      jars: [a.jar, 'https://repo.example.com/b.jar']
      archives: ['model.tar.gz#model']
      conf: {spark.executor.cores: 2, spark.executor.instances: 3, spark.driver.memory: 2g}
      """;

  private static JsonNode tree(String yaml) {
    try {
      return new YAMLMapper().readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static SparkProgram program(String node) {
    return SparkProgram.of(tree(node), tree(COMPONENT));
  }

  @Test
  void a_node_counts_before_its_component() {
    SparkProgram program =
        program(
            "{conf: {spark.driver.memory: 4g}, files: [f.txt], resources: {runtime_version: '3.4'}}");
    assertEquals(
        "--master 'local[2]' --name job --conf spark.ui.showConsoleProgress=false"
            + " --conf spark.ui.enabled=false --conf spark.executor.cores=2"
            + " --conf spark.executor.instances=3 --conf spark.driver.memory=4g"
            + " --py-files utils.zip --jars a.jar,https://repo.example.com/b.jar --files f.txt"
            + " --archives 'model.tar.gz#model' pyspark-shell",
        ShellWords.of(program.submission("local[2]", "job")));
    assertEquals(
        List.of("main.py", "utils.zip", "a.jar", "f.txt", "model.tar.gz"), program.inCode());
    assertEquals("3.4", program.runtime());
  }

  @Test
  void its_executors_decide_how_wide_it_runs() {
    assertEquals(6, program("{}").cores());
    assertEquals(
        8,
        program(
                "{conf: {spark.dynamicAllocation.enabled: true, spark.dynamicAllocation.maxExecutors: 4}}")
            .cores());
    JobFailure wrong =
        assertThrows(
            JobFailure.class, () -> program("{conf: {spark.executor.cores: many}}").cores());
    assertTrue(wrong.message().contains("spark.executor.cores: 'many'"), wrong.message());
  }

  @Test
  void it_runs_here_within_the_cores_or_on_a_master_of_ones_own() {
    int machine = Runtime.getRuntime().availableProcessors();
    SparkMaster here = SparkMaster.of("local", program("{}"));
    assertEquals("local[%d]".formatted(Math.min(6, machine)), here.url());
    assertTrue(here.variables().containsKey("SPARK_LOCAL_IP"));
    SparkMaster own = SparkMaster.of("spark://host:7077", program("{}"));
    assertEquals("spark://host:7077", own.url());
    assertEquals(1, own.cores());
    assertTrue(own.variables().isEmpty());
  }

  @Test
  void a_runtime_that_is_gone_becomes_the_usual_one() {
    assertEquals("3.4", SparkRelease.of("3.4.0").toString());
    assertEquals("3.5", SparkRelease.of("3.2").toString());
    assertEquals("3.5", SparkRelease.of("").toString());
    assertTrue(SparkRelease.of("3.5").requirements().packages().contains("pyspark==3.5.*"));
    assertFalse(SparkRelease.of("3.5").runsOnJava(25));
    assertTrue(SparkRelease.of("4.1").runsOnJava(25));
  }

  @Test
  void words_stay_words_for_a_shell() {
    assertEquals(
        "plain 'two words' 'it'\"'\"'s'", ShellWords.of(List.of("plain", "two words", "it's")));
  }
}
