"""What MLflow's client does in a job whose environment names a registry; asserts what it reads."""
import os
import pathlib

import mlflow
from mlflow.exceptions import MlflowException
from mlflow.tracking import MlflowClient

if mlflow.__version__.startswith("1."):  # which does not read the variable
    mlflow.set_registry_uri(os.environ["MLFLOW_REGISTRY_URI"])
client = MlflowClient()
assert [m.name for m in client.search_registered_models(filter_string="name='shared'")] == ["shared"]
assert client.get_model_version("shared", "1").version == "1"
folder = mlflow.artifacts.download_artifacts("models:/shared/1")
assert pathlib.Path(folder, "file.txt").read_text() == "model", folder

# runs stay with the workspace
with mlflow.start_run() as run:
    mlflow.log_metric("r2", 0.9)
assert client.get_run(run.info.run_id).data.metrics == {"r2": 0.9}
try:
    client.get_model_version("shared", "2")
    raise AssertionError("there is no version 2")
except MlflowException as missing:
    assert missing.error_code == "RESOURCE_DOES_NOT_EXIST", missing.error_code
