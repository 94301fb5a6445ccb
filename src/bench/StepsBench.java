import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/**
 * What the kinds of jobs beside plain commands cost: a job that logs by MLflow beside one that only
 * imports it, a sweep of trials beside a bare loop over the same program with as many at once, and
 * a parallel step beside batch scoring of the same files by the same script.
 *
 * <p>Arguments: one of {@code mlflow}, {@code sweep}, {@code parallel}, else all of them, and how
 * many trials (20) or files (200).
 */
final class StepsBench {
  private static final int PAIRS = 7;
  private static final int AT_ONCE = Runtime.getRuntime().availableProcessors();
  private static final String MADE = "azureml://datastores/workspaceblobstore/paths/azureml/make/";

  /** MLflow without a service, which writes files. */
  private static final String BY_ITSELF =
      "export MLFLOW_ALLOW_FILE_STORE=true MLFLOW_TRACKING_URI=file:$PWD/mlruns; unset MLFLOW_RUN_ID MLFLOW_EXPERIMENT_ID MLFLOW_EXPERIMENT_NAME; ";

  private final BenchWorkspace workspace;

  private StepsBench(BenchWorkspace workspace) {
    this.workspace = workspace;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    String part = arguments.length > 0 ? arguments[0] : "all";
    try (BenchWorkspace workspace = BenchWorkspace.make()) {
      workspace.environment("sklearn", "scikit-learn, pandas, mlflow");
      StepsBench bench = new StepsBench(workspace);
      if (part.matches("all|mlflow")) {
        bench.mlflow();
      }
      if (part.matches("all|sweep")) {
        bench.sweep(number(arguments, 20));
      }
      if (part.matches("all|parallel")) {
        bench.parallel(number(arguments, 200));
      }
    }
    System.exit(0);
  }

  private static int number(String[] arguments, int usual) {
    return arguments.length > 1 ? Integer.parseInt(arguments[1]) : usual;
  }

  private void mlflow() throws IOException {
    String imported = "python -c 'import mlflow, mlflow.tracking.fluent, requests'";
    String logged = imported.replace("requests", "requests; %s");
    String acts =
        "r = mlflow.start_run(); mlflow.log_param(\"rate\", 0.1);"
            + " [mlflow.log_metric(\"loss\", 1 / (i + 1), step=i) for i in range(10)];"
            + " mlflow.set_tag(\"kind\", \"bench\"); mlflow.end_run()";
    workspace.run("built", BenchWorkspace.command("sklearn", imported, ""));
    double[] ours = new double[PAIRS];
    double[] own = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      double without = seconds("without" + i, imported);
      ours[i] = seconds("with" + i, logged.formatted(acts)) - without;
      own[i] = seconds("files" + i, BY_ITSELF + logged.formatted(acts)) - without;
    }
    Arrays.sort(ours);
    Arrays.sort(own);
    BenchWorkspace.say(
        "a job that logs by MLflow, beyond importing it  %6.2f s (to reach: 0.30)",
        ours[PAIRS / 2]);
    BenchWorkspace.say("the same into files, by MLflow alone            %6.2f s", own[PAIRS / 2]);
  }

  private double seconds(String job, String line) throws IOException {
    workspace.run(job, BenchWorkspace.command("sklearn", line, ""));
    return workspace.seconds(job);
  }

  /** The bare loop is a job too, so that both have the same Python; its trials are processes. */
  private void sweep(int trials) throws IOException {
    String trial = BenchWorkspace.python("trial.py", "");
    String loop =
        BY_ITSELF + "seq 1 %d | xargs -P %d -I{} ".formatted(trials, AT_ONCE) + trial + " 0.{}";
    String limits =
        "{'jobLimitsType':'Sweep','maxConcurrentTrials':%d,'maxTotalTrials':%d}"
            .formatted(AT_ONCE, trials);
    StringBuilder rates = new StringBuilder("0.1");
    for (int i = 2; i <= trials; i++) {
      rates.append(",0.").append(i);
    }
    String body =
        "{'properties':{'jobType':'Sweep','computeId':'%s/computes/cpu','samplingAlgorithm':{'samplingAlgorithmType':'Grid'},'objective':{'goal':'Minimize','primaryMetric':'error'},'searchSpace':{'x':['choice',[[%s]]]},'limits':%s,'trial':{'command':%s,'environmentId':'%s/environments/sklearn/versions/1'}}}"
            .formatted(
                BenchWorkspace.ID,
                rates,
                limits,
                BenchWorkspace.quoted(trial + "${{search_space.x}}"),
                BenchWorkspace.ID);
    workspace.run("loop", BenchWorkspace.command("sklearn", loop, ""));
    workspace.run("sweep", body);
    double bare = workspace.seconds("loop");
    double swept = workspace.seconds("sweep");
    BenchWorkspace.say("%d trials in a bare loop, %d at once  %14.1f s", trials, AT_ONCE, bare);
    BenchWorkspace.say("the same as a sweep                  %14.1f s", swept);
    BenchWorkspace.say(
        "ratio                                %14.2f (to reach: 1.10)", swept / bare);
  }

  private void parallel(int files) throws IOException {
    String outputs =
        ",'outputs':{'model':{'jobOutputType':'mlflow_model'},'data':{'jobOutputType':'uri_folder'},'code':{'jobOutputType':'uri_folder'}}";
    String make =
        BenchWorkspace.python(
            "scoring.py", "make ${{outputs.model}} ${{outputs.data}} %d".formatted(files));
    byte[] script = Files.readAllBytes(Path.of("src/bench/batch.py"));
    String copy =
        " && echo %s | base64 -d > ${{outputs.code}}/batch.py"
            .formatted(Base64.getEncoder().encodeToString(script));
    workspace.run("make", BenchWorkspace.command("sklearn", make + copy, outputs));
    workspace.put(
        BenchWorkspace.ID + "/models/bench/versions/1",
        "{'properties':{'modelType':'custom_model','modelUri':'" + MADE + "model/'}}");
    workspace.put(
        BenchWorkspace.ID + "/codes/batch/versions/1",
        "{'properties':{'codeUri':'%s'}}".formatted(workspace.https("azureml/make/code")));
    double scored = scored();
    double stepped = stepped();
    BenchWorkspace.say("batch scoring of %4d files          %14.1f s", files, scored);
    BenchWorkspace.say("the same as a parallel step          %14.1f s", stepped);
    BenchWorkspace.say("ratio                                %14.2f", stepped / scored);
  }

  private double scored() throws IOException {
    String endpoint = BenchWorkspace.ID + "/batchEndpoints/bench-score";
    workspace.put(endpoint, "{'location':'eastus2','properties':{'authMode':'AADToken'}}");
    workspace.put(
        endpoint + "/deployments/one",
        "{'location':'eastus2','properties':{'model':{'referenceType':'Id','assetId':'ID/models/bench/versions/1'},'codeConfiguration':{'codeId':'ID/codes/batch/versions/1','scoringScript':'batch.py'},'environmentId':'ID/environments/sklearn/versions/1','compute':'ID/computes/cpu','miniBatchSize':5,'maxConcurrencyPerInstance':%d}}"
            .formatted(AT_ONCE)
            .replace("ID/", BenchWorkspace.ID + "/"));
    workspace.put(
        endpoint,
        "{'location':'eastus2','properties':{'authMode':'AADToken','defaults':{'deploymentName':'one'}}}");
    String job = workspace.invoke(endpoint, MADE + "data/");
    workspace.await(job);
    return workspace.seconds(job);
  }

  private double stepped() throws IOException {
    String component =
        "{'type':'parallel','inputs':{'data':{'type':'uri_folder'},'model':{'type':'uri_folder'}},'outputs':{'rows':{'type':'uri_file'}},'input_data':'${{inputs.data}}','mini_batch_size':'5','task':{'type':'run_function','code':'ID/codes/batch/versions/1','environment':'ID/environments/sklearn/versions/1','entry_script':'batch.py','program_arguments':'--model ${{inputs.model}}','append_row_to':'${{outputs.rows}}'}}";
    String inputs =
        "{'data':{'job_input_type':'uri_folder','uri':'MADEdata/'},'model':{'job_input_type':'uri_folder','uri':'MADEmodel/'}}";
    String body =
        "{'properties':{'jobType':'Pipeline','settings':{'default_compute':'ID/computes/cpu'},'jobs':{'score':{'type':'parallel','component':%s,'resources':{'instance_count':1},'max_concurrency_per_instance':%d,'inputs':%s}}}}"
            .formatted(component, AT_ONCE, inputs);
    workspace.run("steps", body.replace("ID/", BenchWorkspace.ID + "/").replace("MADE", MADE));
    return workspace.seconds("steps");
  }
}
