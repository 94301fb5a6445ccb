import java.io.IOException;

/**
 * What the runner of jobs costs: jobs that do nothing, beside a bare shell loop, and batch scoring,
 * beside a bare Python process that predicts the same files.
 *
 * <p>Arguments: how many files to score (200), and by how many workers (as there are cores).
 */
final class JobsBench {
  private static final int JOBS = 50;
  private static final int ROWS = 10_000;

  private final BenchWorkspace workspace;

  private JobsBench(BenchWorkspace workspace) {
    this.workspace = workspace;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int files = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    int workers =
        arguments.length > 1
            ? Integer.parseInt(arguments[1])
            : Runtime.getRuntime().availableProcessors();
    try (BenchWorkspace workspace = BenchWorkspace.make()) {
      workspace.environment("sklearn", "scikit-learn, pandas");
      JobsBench bench = new JobsBench(workspace);
      bench.jobs();
      bench.scoring(files, workers);
    }
    System.exit(0);
  }

  private void jobs() throws IOException, InterruptedException {
    for (int i = 0; i < 5; i++) {
      workspace.run("warm" + i, BenchWorkspace.command("plain", "true", ""));
    }
    long start = System.nanoTime();
    for (int i = 0; i < JOBS; i++) {
      workspace.run("single" + i, BenchWorkspace.command("plain", "true", ""));
    }
    double single = BenchWorkspace.millis(start) / JOBS;
    StringBuilder nodes = new StringBuilder();
    workspace.put(
        BenchWorkspace.ID + "/components/nothing/versions/1",
        "{'properties':{'componentSpec':{'name':'nothing','version':'1','type':'command','is_deterministic':false,'command':'true','environment':'azureml:%s/environments/plain/versions/1'}}}"
            .formatted(BenchWorkspace.ID));
    for (int i = 0; i < JOBS; i++) {
      nodes
          .append(i == 0 ? "" : ",")
          .append(
              "'job%d':{'type':'command','componentId':'%s/components/nothing/versions/1'}"
                  .formatted(i, BenchWorkspace.ID));
    }
    start = System.nanoTime();
    workspace.run(
        "pipeline",
        "{'properties':{'jobType':'Pipeline','settings':{'default_compute':'%s/computes/cpu'},'jobs':{%s}}}"
            .formatted(BenchWorkspace.ID, nodes));
    double pipeline = BenchWorkspace.millis(start);
    start = System.nanoTime();
    new ProcessBuilder("bash", "-c", "for i in $(seq " + JOBS + "); do bash -c true; done")
        .inheritIO()
        .start()
        .waitFor();
    double loop = BenchWorkspace.millis(start);
    BenchWorkspace.say(
        "a command job that does nothing        %8.1f ms, submitted to seen ended", single);
    BenchWorkspace.say("one of %d in a pipeline                %8.1f ms", JOBS, pipeline / JOBS);
    BenchWorkspace.say("one of %d in a bare shell loop         %8.1f ms", JOBS, loop / JOBS);
    BenchWorkspace.say(
        "overhead of the runner                 %8.1f ms a job (to reach: under 150)",
        (pipeline - loop) / JOBS);
  }

  private void scoring(int files, int workers) throws IOException {
    String outputs =
        ",'outputs':{'model':{'jobOutputType':'mlflow_model'},'data':{'jobOutputType':'uri_folder'}}";
    workspace.run(
        "make",
        BenchWorkspace.command(
            "sklearn",
            BenchWorkspace.python(
                "scoring.py", "make ${{outputs.model}} ${{outputs.data}} " + files),
            outputs));
    String made = "azureml://datastores/workspaceblobstore/paths/azureml/make/";
    String inputs =
        ",'inputs':{'model':{'jobInputType':'uri_folder','uri':'"
            + made
            + "model/'},'data':{'jobInputType':'uri_folder','uri':'"
            + made
            + "data/'}}";
    workspace.run(
        "bare",
        BenchWorkspace.command(
            "sklearn",
            BenchWorkspace.python("scoring.py", "bare ${{inputs.model}} ${{inputs.data}}"),
            inputs + ",'environmentVariables':{'OMP_NUM_THREADS':'1'}"));
    double bare =
        Double.parseDouble(workspace.log("bare").replaceAll("(?s).*SECONDS (\\S+).*", "$1"));
    workspace.put(
        BenchWorkspace.ID + "/models/bench/versions/1",
        "{'properties':{'modelType':'mlflow_model','modelUri':'" + made + "model/'}}");
    String endpoint = BenchWorkspace.ID + "/batchEndpoints/bench-score";
    workspace.put(endpoint, "{'location':'eastus2','properties':{'authMode':'AADToken'}}");
    workspace.put(
        endpoint + "/deployments/one",
        "{'location':'eastus2','properties':{'model':{'referenceType':'Id','assetId':'%s/models/bench/versions/1'},'compute':'%s/computes/cpu','miniBatchSize':5,'maxConcurrencyPerInstance':%d,'retrySettings':{'maxRetries':3,'timeout':'PT5M'},'environmentVariables':{'OMP_NUM_THREADS':'1'}}}"
            .formatted(BenchWorkspace.ID, BenchWorkspace.ID, workers));
    workspace.put(
        endpoint,
        "{'location':'eastus2','properties':{'authMode':'AADToken','defaults':{'deploymentName':'one'}}}");
    String job = workspace.invoke(endpoint, made + "data/");
    workspace.await(job);
    double seconds = workspace.seconds(job);
    double rows = (double) files * ROWS;
    BenchWorkspace.say("bare Python process                    %8.0f rows/s", rows / bare);
    BenchWorkspace.say(
        "batch scoring with %d workers           %8.0f rows/s", workers, rows / seconds);
    int used = Math.min(workers, Runtime.getRuntime().availableProcessors());
    BenchWorkspace.say(
        "ratio to the bare process times %d      %8.2f (to reach: 0.8)",
        used, bare / seconds / used);
  }
}
