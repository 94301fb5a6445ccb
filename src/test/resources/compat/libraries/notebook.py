"""A notebook that tracks to a workspace by its azureml:// address: runs, files, models; and `mlflow ui` of the same."""

import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import mlflow

WORKSPACE = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-demo-mlops-demo"
    "/providers/Microsoft.MachineLearningServices/workspaces/ml-mlopsdemo-demo-01"
)


class Twice(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return [2 * x for x in model_input]


mlflow.set_tracking_uri("azureml://eastus2.api.azureml.ms/mlflow/v1.0" + WORKSPACE)
mlflow.set_experiment("notebook")
folder = pathlib.Path(tempfile.mkdtemp())
(folder / "files" / "sub").mkdir(parents=True)
(folder / "files" / "a.txt").write_text("one")
(folder / "files" / "sub" / "b.txt").write_text("two")
with mlflow.start_run() as run:
    mlflow.log_param("rate", 0.1)
    mlflow.log_metrics({"loss": 0.5, "r2": 0.9})
    mlflow.log_artifact(str(folder / "files" / "a.txt"))
    mlflow.log_artifacts(str(folder / "files"), "all")
    model = mlflow.pyfunc.log_model(name="model", python_model=Twice(), pip_requirements=[])
client = mlflow.MlflowClient()
found = client.get_run(run.info.run_id)
assert found.info.status == "FINISHED", found
assert found.data.metrics == {"loss": 0.5, "r2": 0.9}, found.data.metrics
assert found.info.artifact_uri.startswith("azureml://"), found.info.artifact_uri
paths = {file.path for file in client.list_artifacts(run.info.run_id)}
assert {"a.txt", "all"} <= paths, paths
down = mlflow.artifacts.download_artifacts(run_id=run.info.run_id, artifact_path="all", dst_path=str(folder / "down"))
assert pathlib.Path(down, "sub", "b.txt").read_text() == "two"
version = mlflow.register_model(model.model_uri, "twice")
assert mlflow.pyfunc.load_model(f"models:/twice/{version.version}").predict([1, 2]) == [2, 4]
assert mlflow.pyfunc.load_model(model.model_uri).predict([3]) == [6]


def ui(path, body, port):
    """What the pages of `mlflow ui` ask."""
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    url = f"http://127.0.0.1:{port}/ajax-api/2.0/mlflow/{path}"
    return json.load(straight.open(urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"}), timeout=60))


with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
line = [sys.executable, "-m", "mlflow", "ui", "--port", str(port), "--workers", "1", "--backend-store-uri", mlflow.get_tracking_uri()]
server = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    shown = None
    for _ in range(300):
        try:
            shown = ui("runs/search", {"experiment_ids": [run.info.experiment_id], "max_results": 5}, port)
            break
        except OSError:
            assert server.poll() is None, "mlflow ui ended"
            time.sleep(1)
    metrics = {metric["key"]: metric["value"] for metric in shown["runs"][0]["data"]["metrics"]}
    assert metrics == {"loss": 0.5, "r2": 0.9}, shown
finally:
    server.terminate()
    server.wait()
print("notebook: well", file=sys.stderr)
