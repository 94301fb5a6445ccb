"""Each call of MLflow's client that jobs make, within a job and with nothing configured; asserts what it reads back."""
import os
import tempfile
from pathlib import Path

import mlflow
import mlflow.sklearn
import numpy
import pandas
from mlflow.tracking import MlflowClient
from sklearn.linear_model import LinearRegression

major = int(mlflow.__version__.split(".")[0])
client = MlflowClient()

# tracking: start_run goes on with the run of the job
run = mlflow.start_run()
own = run.info.run_id
experiment = run.info.experiment_id
assert own == os.environ["AZUREML_RUN_ID"], own
mlflow.log_param("a", 1)
mlflow.log_params({"b": 2, "c": "x"})
for step in range(3):
    mlflow.log_metric("loss", 1.0 / (step + 1), step=step)
mlflow.log_metrics({"r2": 0.9, "nan": float("nan")})
mlflow.set_tag("k", "v")
mlflow.set_tags({"k2": "v2"})
client.delete_tag(own, "k2")
assert [m.value for m in client.get_metric_history(own, "loss")] == [1.0, 0.5, 1.0 / 3]
data = client.get_run(own).data
assert data.params == {"a": "1", "b": "2", "c": "x"}, data.params
assert data.metrics["r2"] == 0.9 and numpy.isnan(data.metrics["nan"]), data.metrics
assert data.tags["k"] == "v" and "k2" not in data.tags, data.tags

# artifacts
folder = Path(tempfile.mkdtemp())
(folder / "f.txt").write_text("f")
mlflow.log_text("hello", "notes/a.txt")
mlflow.log_dict({"x": 1}, "d.json")
mlflow.log_artifact(str(folder / "f.txt"))
mlflow.log_artifacts(str(folder), "dir")
assert {f.path for f in client.list_artifacts(own)} >= {"notes", "d.json", "f.txt", "dir"}
assert [f.path for f in client.list_artifacts(own, "dir")] == ["dir/f.txt"]
local = mlflow.artifacts.download_artifacts(run_id=own, artifact_path="notes/a.txt")
assert Path(local).read_text() == "hello"

# models: logged, registered, loaded by each kind of address
table = pandas.DataFrame({"x": [1.0, 2.0, 3.0]})
model = LinearRegression().fit(table, [2.0, 4.0, 6.0])
if major >= 3:
    mlflow.sklearn.log_model(model, name="model", input_example=table, registered_model_name="taxi-a")
else:
    mlflow.sklearn.log_model(model, "model", registered_model_name="taxi-a")
version = mlflow.register_model("runs:/%s/model" % own, "taxi-b")
assert str(version.version) == "1", version
for address in ("runs:/%s/model" % own, "models:/taxi-a/1", "models:/taxi-b/latest"):
    predicted = mlflow.pyfunc.load_model(address).predict(table)
    assert abs(float(numpy.ravel(predicted)[0]) - 2.0) < 1e-6, (address, predicted)
client.transition_model_version_stage("taxi-b", "1", "Staging")
mlflow.pyfunc.load_model("models:/taxi-b/Staging")
if hasattr(client, "set_registered_model_alias"):
    client.set_registered_model_alias("taxi-b", "champion", "1")
    mlflow.pyfunc.load_model("models:/taxi-b@champion")
    assert str(client.get_model_version_by_alias("taxi-b", "champion").version) == "1"
    client.delete_registered_model_alias("taxi-b", "champion")
client.set_model_version_tag("taxi-b", "1", "gate", "passed")
assert client.get_model_version("taxi-b", "1").tags["gate"] == "passed"
client.delete_model_version_tag("taxi-b", "1", "gate")
client.update_model_version("taxi-b", "1", "words")
assert [v.description for v in client.search_model_versions("name='taxi-b'")] == ["words"]
assert [str(v.version) for v in client.get_latest_versions("taxi-b")] == ["1"]
assert client.get_model_version_download_uri("taxi-b", "1")
client.create_registered_model("empty", tags={"a": "b"}, description="d")
client.update_registered_model("empty", "e")
client.set_registered_model_tag("empty", "t", "u")
client.delete_registered_model_tag("empty", "t")
assert client.get_registered_model("empty").description == "e"
assert {m.name for m in client.search_registered_models()} == {"taxi-a", "taxi-b", "empty"}
client.delete_registered_model("empty")
client.delete_model_version("taxi-b", "1")

# nested runs, searches, autolog
with mlflow.start_run(nested=True) as inner:
    mlflow.log_metric("inner", 1)
assert client.get_run(inner.info.run_id).info.status == "FINISHED"
assert len(mlflow.search_runs(experiment_ids=[experiment])) == 2
if major >= 2:
    mlflow.log_input(mlflow.data.from_pandas(table, source="x.csv"), context="training")
    assert len(client.get_run(own).inputs.dataset_inputs) == 1
if major >= 3:
    assert len(mlflow.search_logged_models(experiment_ids=[experiment])) == 1
    mlflow.log_metrics({"later": 1.0}, synchronous=False).wait()
mlflow.end_run()
mlflow.sklearn.autolog()
with mlflow.start_run(nested=True) as automatic:
    LinearRegression().fit(table, [2.0, 4.0, 6.0])
assert client.get_run(automatic.info.run_id).data.params["fit_intercept"] == "True"
print("mlflow", mlflow.__version__, "all well")
