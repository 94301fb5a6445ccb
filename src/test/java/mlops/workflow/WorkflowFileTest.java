package mlops.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.error.MlopsException;
import mlops.workflow.expression.Contexts;
import mlops.workflow.expression.Contexts.Progress;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workflow files are read whole, or refused by file, line and key. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkflowFileTest {
  private static final String JOB = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n";

  @TempDir Path folder;

  @Test
  void a_workflow_is_read_with_all_that_it_says() throws IOException {
    Workflow workflow =
        read(
            """
            name: taxi
            on:
              push: {branches: [main], paths: ['data-science/**']}
              workflow_dispatch:
            permissions: {contents: read}
            env: {REGION: eastus2}
            jobs:
              dev:
                runs-on: ubuntu-latest
                environment: Dev
                permissions: {id-token: write, contents: read}
                steps:
                  - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5
                  - id: train
                    run: ./mlops train
                    env: {ID: '${{ vars.AZURE_CLIENT_ID }}'}
                    continue-on-error: true
              prod:
                runs-on: [self-hosted, linux]
                needs: dev
                if: github.ref == 'refs/heads/main'
                environment: {name: "${{ vars.LAST || 'Prod' }}", url: "https://x"}
                timeout-minutes: 30
                steps:
                  - run: echo ${{ secrets.ONE }}
                    shell: bash
            """);

    assertEquals(List.of("main"), workflow.event("push").orElseThrow().filter("branches"));
    assertTrue(workflow.event("workflow_dispatch").isPresent());
    WorkflowJob dev = workflow.job("dev").orElseThrow();
    WorkflowJob prod = workflow.job("prod").orElseThrow();
    assertTrue(workflow.permissions(dev).hasIdToken());
    assertFalse(workflow.permissions(prod).hasIdToken());
    assertEquals("read", workflow.permissions(prod).level("contents"));
    assertEquals(List.of("dev"), prod.needs());
    assertEquals("Prod", prod.environment().orElseThrow().name().text(contexts("{}")));
    assertEquals(30, prod.timeoutMinutes());
    StepWork.Action checkout = (StepWork.Action) dev.steps().get(0).work();
    assertEquals("actions/checkout", checkout.uses().name());
    assertTrue(checkout.uses().isPinned());
    assertEquals("Run ./mlops train", dev.steps().get(1).usualName());
    assertEquals(14, dev.steps().get(1).place().line());
  }

  @Test
  void what_is_wrong_or_not_supported_is_named_with_its_place() {
    List<String> mistakes =
        mistakes(
            """
            on: {push: {branch: main}, pushed: }
            permissions: {id-tokn: write}
            jobs:
              a:
                runs-on: x
                needs: [c]
                strategy: {matrix: {os: [x]}}
                steps:
                  - run: echo ${{ matrix.os }}
                  - {uses: a/b@v1, run: x}
                  - run: ${{ github.ref
                  - {run: x, if: secrets.X}
                  - {run: "${{ hashFiles('x') }}"}
                  - {run: "${{ success() }}"}
                  - {run: "${{ github.* }}"}
                  - {run: x, if: "${{ true }} && x"}
              b: {needs: b, runs-on: x, steps: []}
            """);

    assertEquals(14, mistakes.size(), () -> String.join("\n", mistakes));
    assertTrue(
        mistakes.get(0).contains("ci.yml:1:13 unknown key branch in on.push"), mistakes.get(0));
    String all = String.join("\n", mistakes);
    for (String part :
        List.of(
            "did you mean push?",
            "did you mean id-token?",
            "the job a needs c, which is none",
            "strategy (a matrix of jobs) is not supported",
            "jobs.a.steps[0].run: the expression names matrix, which is not there",
            "has run and uses",
            "jobs.a.steps[2].run: an expression has no end: close it",
            "the expression names secrets, which is not there: here are: github",
            "the function hashFiles is not supported here",
            "the function success is not supported here",
            "the filter * of an expression is not supported",
            "braces around a part of the condition only",
            "the job b needs itself")) {
      assertTrue(all.contains(part), () -> part + " in\n" + all);
    }
  }

  @Test
  void expressions_mean_what_they_mean_on_github() throws IOException {
    String values = "{'vars':{'A':'x','N':'3','L':[1,2]},'github':{'ref':'refs/heads/Main'}}";
    Map<String, String> expected =
        Map.ofEntries(
            Map.entry("vars.a", "x"),
            Map.entry("vars['A']", "x"),
            Map.entry("vars.missing.more", ""),
            Map.entry("vars.L[1] == 2 && !false", "true"),
            Map.entry("'ABC' == 'abc'", "true"),
            Map.entry("vars.N > 2", "true"),
            Map.entry("null == 0", "true"),
            Map.entry("'x' == 0", "false"),
            Map.entry("vars.missing || 'other'", "other"),
            Map.entry("1 == 1 || 2 == 3 && false", "true"),
            Map.entry("contains(github.ref, 'MAIN')", "true"),
            Map.entry("startsWith(github.ref, 'refs/heads/')", "true"),
            Map.entry("endsWith('abc', 'd')", "false"),
            Map.entry("contains(fromJSON('[\"a\"]'), 'a')", "true"),
            Map.entry("format('{0} {{{1}}}', 'it''s', 2)", "it's {2}"),
            Map.entry("join(vars.L, '-')", "1-2"),
            Map.entry("toJSON(vars.N)", "\"3\""),
            Map.entry("0x10 + ''", "refused"),
            Map.entry("1.50", "1.5"),
            Map.entry("'}}'", "}}"));
    for (Map.Entry<String, String> one : expected.entrySet()) {
      if (one.getValue().equals("refused")) {
        assertEquals(1, mistakes(JOB + "    - run: ${{ " + one.getKey() + " }}\n").size());
      } else {
        assertEquals(one.getValue(), value(one.getKey(), values), one.getKey());
      }
    }
  }

  @Test
  void a_condition_that_does_not_ask_for_the_status_wants_success() throws IOException {
    for (Progress progress : Progress.values()) {
      Contexts contexts = new Contexts(Map.of(), progress);
      boolean success = progress == Progress.SUCCESS;
      assertEquals(success, Condition.holds(Optional.empty(), contexts));
      assertEquals(success, Condition.holds(condition("1 == 1"), contexts));
      assertTrue(Condition.holds(condition("always()"), contexts));
      assertEquals(
          progress == Progress.FAILURE, Condition.holds(condition("${{ failure() }}"), contexts));
      assertEquals(
          progress != Progress.CANCELLED, Condition.holds(condition("'!cancelled()'"), contexts));
    }
  }

  private Optional<Condition> condition(String written) throws IOException {
    return read(JOB + "    - run: x\n      if: " + written + "\n")
        .jobs()
        .get(0)
        .steps()
        .get(0)
        .condition();
  }

  private String value(String expression, String values) throws IOException {
    String quoted = expression.replace("\"", "\\\"");
    Workflow workflow = read(JOB + "    - run: \"${{ " + quoted + " }}\"\n");
    StepWork.Script script = (StepWork.Script) workflow.jobs().get(0).steps().get(0).work();
    return script.script().text(contexts(values));
  }

  private static Contexts contexts(String values) throws IOException {
    Map<String, JsonNode> all =
        new ObjectMapper()
            .readValue(values.replace('\'', '"'), new TypeReference<Map<String, JsonNode>>() {});
    return new Contexts(all, Progress.SUCCESS);
  }

  private List<String> mistakes(String text) {
    MlopsException e = assertThrows(MlopsException.class, () -> read(text));
    return e.message().lines().skip(1).toList();
  }

  private Workflow read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("ci.yml"), text);
    return WorkflowFile.read(file);
  }
}
