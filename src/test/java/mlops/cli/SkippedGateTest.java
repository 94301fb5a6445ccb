package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gate that was asked for is never skipped, whatever the pipeline makes of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SkippedGateTest {
  /** A judge that says what the input {@code r2} says, as JSON. */
  private static final String SAYS_WHAT_IT_IS_TOLD =
      """
      import os, sys
      text, _, folder = sys.argv[1:4]
      with open(os.path.join(folder, "deploy_flag.json"), "w") as file:
          file.write(text.replace("'", '"'))
      """;

  /** Registers whatever the verdict is. */
  private static final String REGISTERS_ALL =
      """
      import os, sys
      flag, factor, folder = sys.argv[1:]
      with open(os.path.join(folder, "factor.txt"), "w") as file:
          file.write(factor + open(os.path.join(flag, "deploy_flag.json")).read())
      """;

  private static final String TAKES_A_CHAMPION =
      """
      type: command
      inputs:
        r2: {type: string}
        r2_min: {type: string}
        champion: {type: custom_model, optional: true}
      outputs:
        deploy_flag: {type: uri_folder}
      code: ./src
      command: >-
        python judge.py "${{inputs.r2}}" ${{inputs.r2_min}} ${{outputs.deploy_flag}}
        $[[${{inputs.champion}}]]
      environment: azureml:taxi-train-env-demo-mlops@latest
      """;

  private Site site;
  private String profile = "";

  @BeforeAll
  void bootstrap(@TempDir Path folder) {
    site = Site.tiny(folder);
    site.write("dev/src/judge.py", SAYS_WHAT_IT_IS_TOLD);
    site.write("dev/src/register.py", REGISTERS_ALL);
    site.change(
        "dev/pipeline.yml", "python judge.py ${{inputs.r2}}", "python judge.py \"${{inputs.r2}}\"");
    profile = site.read("mlops.yml");
    assertEquals(0, site.run("bootstrap"), site::said);
  }

  @BeforeEach
  void restore() {
    site.write("mlops.yml", profile);
  }

  private int train(String flag) {
    return site.run("train", "--set", "inputs.r2=\"%s\"".formatted(flag), "-o", "json");
  }

  /** The number of versions that count, as {@code status} lists them. */
  private int versions() {
    assertEquals(0, site.run("status", "-o", "json"), site::said);
    return site.mlops().json().at("/result/dev/models").size();
  }

  @Test
  void a_champion_that_no_job_takes_is_refused_before_anything_is_sent() {
    site.change("mlops.yml", "champion: none", "champion: not-worse");
    assertEquals(2, site.run("train"), site::said);
    assertTrue(site.mlops().err().contains("no job in " + site.path("dev/pipeline.yml")));
    assertFalse(site.mlops().out().contains("environment.dev"), site::said);
    assertEquals(2, site.run("replay", "--plan"), site::said);
  }

  @Test
  void a_command_job_cannot_compare_with_a_champion_either() {
    site.write(
        "dev/command.yml",
        """
        command: 'true'
        environment: azureml:taxi-train-env-demo-mlops@latest
        compute: azureml:mlopsdemo-cluster-dev
        inputs: {r2_min: none}
        """);
    site.change("mlops.yml", "dev/pipeline.yml", "dev/command.yml");
    site.change("mlops.yml", "champion: none", "champion: not-worse");
    assertEquals(2, site.run("train"), site::said);
    assertTrue(site.mlops().err().contains("takes a champion"), site::said);
  }

  @Test
  void a_refused_model_that_the_pipeline_registered_is_archived_and_the_message_says_so() {
    int before = versions();
    String no = "{'verdict': 'no', 'sentence': 'too few rows', 'candidate': {'r2': 0.9}}";
    assertEquals(3, train(no), site::said);
    assertTrue(site.mlops().out().contains("too few rows"), site::said);
    assertTrue(
        site.mlops()
            .out()
            .matches("(?s).*Version \\d+ of taxi-model-mlops-demo, .* is archived\\. .*"),
        site::said);
    assertFalse(site.mlops().out().contains("Nothing was registered"), site::said);
    assertEquals(before, versions());
    assertEquals(3, train(no), site::said);
    assertEquals(Optional.of("unchanged"), site.outcome("submit"), site::said);
    assertTrue(site.mlops().out().contains("is archived. "), site::said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes",
        "[]",
        "{}",
        "{'verdict': true, 'candidate': {'r2': 0.9}}",
        "{'verdict': 'passed', 'candidate': {'r2': 0.9}}",
        "{'verdict': 'yes', 'candidate': 0.9}",
        "{'verdict': 'yes', 'candidate': {'r2': '0.9'}}",
        "{'verdict': 'yes', 'candidate': {'r2': 0.9}, 'champion': [0.8]}",
      })
  void a_verdict_of_another_form_is_refused_with_the_expected_one(String flag) {
    int before = versions();
    assertEquals(3, train(flag), site::said);
    assertTrue(site.mlops().out().contains("DeployFlagInvalid"), site::said);
    assertTrue(site.mlops().out().contains("The gate reads: {\\\"verdict\\\": "), site::said);
    assertEquals(before, versions());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'verdict': 'yes', 'candidate': {'r2': 0.69}}",
        "{'verdict': 'yes', 'candidate': {'r2': NaN}}",
        "{'verdict': 'yes', 'candidate': {'rmse': 1}}",
        "{'verdict': 'yes'}",
      })
  void a_yes_that_passes_over_a_limit_of_the_profile_is_refused(String flag) {
    int before = versions();
    assertEquals(3, train(flag), site::said);
    assertTrue(site.mlops().out().contains("GateRefused"), site::said);
    assertTrue(site.mlops().out().contains("the job says yes, but r2 "), site::said);
    assertEquals(before, versions());
  }

  @Test
  void a_champion_is_measured_and_not_beaten_by_a_word() {
    site.write("dev/judge.yml", TAKES_A_CHAMPION);
    String pipeline = site.read("dev/pipeline.yml");
    site.write(
        "dev/pipeline.yml",
        pipeline.replaceFirst(
            "(?s)    code: ./src\n    command: python judge.*?(?=    inputs:)",
            "    component: ./judge.yml\n"));
    site.change("mlops.yml", "champion: none", "champion: not-worse");
    assertEquals(0, train("{'verdict': 'yes', 'candidate': {'r2': 0.8, 'rmse': 3}}"), site::said);
    assertEquals(3, train("{'verdict': 'yes', 'candidate': {'r2': 0.9, 'rmse': 2}}"), site::said);
    assertTrue(site.mlops().out().contains("a champion and did not measure it"), site::said);
    String flag =
        "{'verdict': 'yes', 'candidate': {'r2': 0.9, 'rmse': %s}, 'champion': {'rmse': 3}}";
    assertEquals(3, train(flag.formatted("3.5")), site::said);
    assertTrue(site.mlops().out().contains("rmse 3.5 is worse than the champion's 3.0"));
    assertEquals(0, train(flag.formatted("3")), site::said);
    site.write("dev/pipeline.yml", pipeline);
  }
}
