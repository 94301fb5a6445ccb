package mlops.rehearsal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import mlops.emulator.github.account.Owner;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.rehearsal.host.RunnerFolders;
import mlops.rehearsal.host.RunnerHost;

/** What a run says of itself: the context {@code github}, and the variables made of it. */
record RunFacts(RunnerHost host, WorkflowRun run) {
  private static final String SERVER = "https://github.com";
  private static final String API = "https://api.github.com";

  /**
   * The context.
   *
   * @param job the id of the job; empty where it is not about one
   */
  ObjectNode context(String job) {
    Repository repository = host.repository();
    String ref = "refs/heads/" + run.trigger().branch();
    String workflow = "%s/%s@%s".formatted(repository.fullName(), run.workflow().path(), ref);
    long actor = host.actions().directory().owner(run.login()).map(Owner::number).orElse(0L);
    ObjectNode github = JsonNodeFactory.instance.objectNode();
    github.put("actor", run.login()).put("actor_id", String.valueOf(actor));
    github.put("triggering_actor", run.again()).put("event_name", run.trigger().event());
    ObjectNode given = github.putObject("event").putObject("inputs");
    run.trigger().inputs().forEach(given::put);
    github.put("ref", ref).put("ref_name", run.trigger().branch()).put("ref_type", "branch");
    github.put("ref_protected", false).put("sha", run.trigger().sha());
    github.put("head_ref", "").put("base_ref", "").put("job", job);
    github.put("repository", repository.fullName());
    github.put("repository_id", String.valueOf(repository.number()));
    github.put("repository_owner", repository.owner().login());
    github.put("repository_owner_id", String.valueOf(repository.owner().number()));
    github
        .put("run_id", String.valueOf(run.number()))
        .put("run_attempt", String.valueOf(run.attempt()));
    github.put("run_number", String.valueOf(run.count()));
    github.put("workflow", run.workflow().name()).put("workflow_ref", workflow);
    github.put("workflow_sha", run.trigger().sha());
    github.put("workspace", host.folders().workspace().toString());
    return github
        .put("server_url", SERVER)
        .put("api_url", API)
        .put("graphql_url", API + "/graphql");
  }

  /** The context {@code inputs}, which unlike the event knows booleans and numbers. */
  ObjectNode inputs() {
    Map<String, String> types = new LinkedHashMap<>();
    run.workflow().inputs().forEach(i -> types.put(i.name(), i.type()));
    ObjectNode inputs = JsonNodeFactory.instance.objectNode();
    run.trigger()
        .inputs()
        .forEach(
            (name, value) -> {
              switch (types.getOrDefault(name, "")) {
                case "boolean" -> inputs.put(name, Boolean.parseBoolean(value));
                case "number" -> inputs.put(name, new BigDecimal(value));
                default -> inputs.put(name, value);
              }
            });
    return inputs;
  }

  ObjectNode runner() {
    RunnerFolders folders = host.folders();
    boolean mac = System.getProperty("os.name", "").startsWith("Mac");
    boolean arm = System.getProperty("os.arch", "").equals("aarch64");
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", "mlops")
        .put("os", mac ? "macOS" : "Linux")
        .put("arch", arm ? "ARM64" : "X64")
        .put("temp", folders.temporary().toString())
        .put("tool_cache", folders.tools().toString())
        .put("workspace", String.valueOf(folders.workspace().getParent()))
        .put("environment", "self-hosted");
  }

  /** The variables of each step of a job. */
  Map<String, String> variables(String job) {
    Map<String, String> all = new LinkedHashMap<>();
    RunnerFolders folders = host.folders();
    all.putAll(host.network().apply(host.serviceForSteps()));
    Path home = folders.home();
    all.put("HOME", home.toString());
    all.put("LANG", "C.UTF-8");
    all.put("CI", "true");
    all.put("GITHUB_ACTIONS", "true");
    context(job)
        .properties()
        .forEach(
            p -> {
              if (p.getValue().isValueNode()) {
                all.put("GITHUB_" + p.getKey().toUpperCase(Locale.ROOT), p.getValue().asText());
              }
            });
    runner()
        .properties()
        .forEach(
            p -> all.put("RUNNER_" + p.getKey().toUpperCase(Locale.ROOT), p.getValue().asText()));
    all.put("AZURE_CONFIG_DIR", home.resolve(".azure").toString());
    all.put("TMPDIR", folders.temporary().toString());
    return all;
  }
}
