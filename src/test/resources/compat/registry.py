"""What `az ml registry` and `--registry-name` do, by the same calls of the same azure-ai-ml.

Runs under `mlops local exec`, in the folder of the samples, after `mlops bootstrap`. Writes what it found into
$OUT/registry, as JSON.
"""
import filecmp
import json
import os
import pathlib

from azure.ai.ml import Input, MLClient, load_component, load_environment, load_job, load_registry
from azure.ai.ml.entities import BatchDeployment, BatchEndpoint, CodeConfiguration, Data, Model
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.identity import EnvironmentCredential

CREDENTIAL = EnvironmentCredential()
SUBSCRIPTION = os.environ["AZURE_SUBSCRIPTION_ID"]
GROUP = "rg-demo-mlops-demo"
FOUND = {}
IMAGE = "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04"


def written(name, text):
    path = pathlib.Path("registry") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return str(path)


def same(one, other):
    """Whether two folders hold the same files with the same bytes."""
    names = sorted(str(p.relative_to(one)) for p in pathlib.Path(one).rglob("*") if p.is_file())
    found = sorted(str(p.relative_to(other)) for p in pathlib.Path(other).rglob("*") if p.is_file())
    return names == found and filecmp.cmpfiles(one, other, names, shallow=False)[0] == names


def registries(ml):
    file = written(
        "registry.yml",
        "name: reg-demo\nlocation: eastus2\ntags: {team: taxi}\nreplication_locations:\n  - location: eastus2\n",
    )
    made = ml.registries.begin_create(load_registry(file)).result()
    FOUND["created"] = made.name
    FOUND["location"] = ml.registries.get("reg-demo").location
    FOUND["listed"] = [r.name for r in ml.registries.list()]
    FOUND["everywhere"] = [r.name for r in ml.registries.list(scope="subscription")]
    try:
        ml.registries.get("reg-none")
    except ResourceNotFoundError as e:
        FOUND["none"] = e.status_code


def assets(shared):
    written("model/weights.txt", "weights")
    written("model/deep/more.bin", "more" * 1000)
    model = Model(name="taxi", version="1", path="registry/model", type="custom_model", tags={"from": "disk"})
    FOUND["model"] = shared.models.create_or_update(model).id
    shared.models.download("taxi", "1", download_path="downloaded")
    FOUND["equal"] = same("registry/model", "downloaded/taxi/model")
    FOUND["models"] = [m.name for m in shared.models.list()]
    FOUND["versions"] = [m.version for m in shared.models.list("taxi")]
    FOUND["latest"] = shared.models.get("taxi", label="latest").version
    file = written(
        "environment.yml",
        f"name: scoring\nversion: '1'\nimage: {IMAGE}\n",
    )
    FOUND["environment"] = shared.environments.create_or_update(load_environment(file)).id
    written("rows/rows.csv", "a,b\n1,2\n")
    data = Data(name="rows", version="1", path="registry/rows", type="uri_folder")
    FOUND["data"] = shared.data.create_or_update(data).id
    written("code/tool.py", "import pathlib, sys\nprint(pathlib.Path(sys.argv[1], 'weights.txt').read_text())\n")
    file = written(
        "component.yml",
        "name: tool\nversion: '1'\ntype: command\ncode: code\nenvironment: azureml://registries/reg-demo/environments/scoring/versions/1\n"
        "inputs: {model: {type: custom_model}}\ncommand: python tool.py ${{inputs.model}}\n",
    )
    FOUND["component"] = shared.components.create_or_update(load_component(file)).id


def sharing(ml, shared):
    written("trained/model.pkl", "trained")
    ml.models.create_or_update(Model(name="trained", version="4", path="registry/trained", type="custom_model"))
    model = ml.models.share(name="trained", version="4", registry_name="reg-demo", share_with_name="trained", share_with_version="7")
    FOUND["shared"] = model.id
    shared.models.download("trained", "7", download_path="downloaded")
    FOUND["shared-equal"] = same("registry/trained", next(pathlib.Path("downloaded").glob("trained/**/model.pkl")).parent)
    try:
        ml.models.share(name="trained", version="4", registry_name="reg-demo", share_with_name="trained", share_with_version="7")
    except Exception as e:
        FOUND["again"] = str(e)
    tagged = shared.models.get("trained", "7")
    tagged.tags["stage"] = "prod"
    FOUND["tags"] = shared.models.create_or_update(tagged).tags
    shared.models.archive("trained", version="7")
    FOUND["archived"] = [m.version for m in shared.models.list("trained")]
    shared.models.restore("trained", version="7")
    FOUND["restored"] = [m.version for m in shared.models.list("trained")]


def deployment(ml):
    written(
        "score/score.py",
        "import os, pathlib\ndef init():\n    global text\n    [text] = [p.read_text() for p in pathlib.Path(os.environ['AZUREML_MODEL_DIR']).rglob('weights.txt')]\n    assert text == 'weights'\n"
        "def run(mini_batch):\n    return [text for _ in mini_batch]\n",
    )
    ml.batch_endpoints.begin_create_or_update(BatchEndpoint(name="registry-demo")).result()
    blue = BatchDeployment(
        name="blue",
        endpoint_name="registry-demo",
        model="azureml://registries/reg-demo/models/taxi/versions/1",
        environment="azureml://registries/reg-demo/environments/scoring/versions/1",
        code_configuration=CodeConfiguration(code="registry/score", scoring_script="score.py"),
        compute="mlopsdemo-cluster-dev",
    )
    FOUND["deployed"] = str(ml.batch_deployments.begin_create_or_update(blue).result().model)
    written("input/one.txt", "1")
    job = ml.batch_endpoints.invoke(
        endpoint_name="registry-demo", deployment_name="blue", inputs={"in": Input(type="uri_folder", path="registry/input")}
    )
    ml.jobs.stream(job.name)
    FOUND["scored"] = ml.jobs.get(job.name).status


def pipeline(ml):
    file = written(
        "pipeline.yml",
        "type: pipeline\nsettings: {default_compute: azureml:mlopsdemo-cluster-dev}\njobs:\n  one:\n    type: command\n"
        "    component: azureml://registries/reg-demo/components/tool/versions/1\n"
        "    inputs: {model: {type: custom_model, path: azureml://registries/reg-demo/models/taxi/versions/1}}\n",
    )
    job = ml.jobs.create_or_update(load_job(file))
    ml.jobs.stream(job.name)
    FOUND["pipeline"] = ml.jobs.get(job.name).status


def main():
    ml = MLClient(CREDENTIAL, SUBSCRIPTION, GROUP, "ml-mlopsdemo-demo-01")
    registries(ml)
    shared = MLClient(CREDENTIAL, registry_name="reg-demo")
    assets(shared)
    sharing(ml, shared)
    deployment(ml)
    pipeline(ml)
    try:
        MLClient(CREDENTIAL, registry_name="reg-none")
    except HttpResponseError as e:
        FOUND["unknown"] = str(e).splitlines()[0]
    ml.registries.begin_delete(name="reg-demo").result()
    FOUND["left"] = [r.name for r in ml.registries.list()]


try:
    main()
finally:
    pathlib.Path(os.environ["OUT"], "registry").write_text(json.dumps(FOUND))
