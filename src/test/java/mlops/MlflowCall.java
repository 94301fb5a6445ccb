package mlops;

/** What MLflow's own client sends, for jobs that do without the client. */
public final class MlflowCall {

  /** A beginning of a program in Python: a function that sends a request about the job's run. */
  public static final String PYTHON =
      """
      import json, os, sys, urllib.request
      def mlflow(act, **body):
          body["run_id"] = os.environ["MLFLOW_RUN_ID"]
          urllib.request.urlopen(urllib.request.Request(
              os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/runs/" + act, json.dumps(body).encode(),
              {"Authorization": "Bearer " + os.environ["MLFLOW_TRACKING_TOKEN"], "Content-Type": "application/json"}))
      """;

  private MlflowCall() {}
}
