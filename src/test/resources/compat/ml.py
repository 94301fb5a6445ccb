"""What `az ml` does, by the same calls of the same azure-ai-ml, without the extension that Debian does not have.

Runs under `mlops local exec`, in the folder of the samples. A line of standard input is the words that follow `az ml`;
its answer is a line with an exit code and what the command tells, as JSON. All else goes to standard error.

An option --query is answered from what the entity is as YAML, which is what the extension prints.
"""
import io
import json
import os
import shlex
import sys
import traceback

from azure.ai.ml import Input, MLClient, load_batch_deployment, load_batch_endpoint, load_compute, load_data
from azure.ai.ml import load_datastore, load_environment, load_job
from azure.ai.ml.entities import IdentityConfiguration, ManagedIdentityConfiguration, Model, Workspace
from azure.identity import EnvironmentCredential

try:
    import jmespath
except ImportError:  # Debian's Python: the guide's own lines ask for nothing
    jmespath = None

CREDENTIAL = EnvironmentCredential()
OPTIONS = {"-f": "file", "-n": "name"}


def client(workspace, group):
    return MLClient(CREDENTIAL, os.environ["AZURE_SUBSCRIPTION_ID"], group, workspace)


def workspace_create(ml, name, location, display_name):
    made = Workspace(name=name, location=location, display_name=display_name)
    return ml.workspaces.begin_create(made).result().display_name


def workspace_list(ml):
    return [workspace.name for workspace in ml.workspaces.list()]


def workspace_show(ml, name):
    return ml.workspaces.get(name).id


def compute_create(ml, file, identity_type, user_assigned_identities):
    compute = load_compute(file)
    identity = ManagedIdentityConfiguration(resource_id=user_assigned_identities)
    compute.identity = IdentityConfiguration(type=identity_type, user_assigned_identities=[identity])
    return ml.compute.begin_create_or_update(compute).result().provisioning_state


def compute_show(ml, name):
    return ml.compute.get(name).provisioning_state


def compute_delete(ml, name):
    ml.compute.begin_delete(name).result()


def compute_list(ml):
    return [compute.name for compute in ml.compute.list()]


def environment_list(ml, name):
    return [environment.version for environment in ml.environments.list(name)]


def environment_create(ml, file):
    return ml.environments.create_or_update(load_environment(file)).version


def job_create(ml, file, **changes):
    """In the guide's script without the name of its output, which Debian's azure-ai-ml is too old to know."""
    if "LINES" in os.environ:
        return ml.jobs.create_or_update(load_job(file, **changes)).name
    with open(file) as lines:
        known = [line for line in lines if line != "    name: taxi-model-mlops-demo\n"]
    return ml.jobs.create_or_update(load_job(io.StringIO("".join(known)), relative_origin=file)).name


def job_stream(ml, name):
    ml.jobs.stream(name)


def job_show(ml, name):
    return ml.jobs.get(name).status


def job_list(ml):
    return [{"name": job.name} for job in ml.jobs.list()]


def job_download(ml, name, output_name, download_path="."):
    ml.jobs.download(name, output_name=output_name, download_path=download_path)


def datastore_create(ml, file, **changes):
    return ml.datastores.create_or_update(load_datastore(file, **changes)).name


def datastore_show(ml, name):
    return ml.datastores.get(name).name


def data_list(ml, name):
    return [data.version for data in ml.data.list(name)]


def data_create(ml, file):
    return ml.data.create_or_update(load_data(file)).version


def model_list(ml, name):
    return [model._to_dict() for model in ml.models.list(name)]


def model_show(ml, name, version):
    return ml.models.get(name, version).version


def model_create(ml, name, path, version=None):
    model = Model(name=name, version=version, path=path, type="custom_model")
    return ml.models.create_or_update(model).version


def model_download(ml, name, version, download_path):
    ml.models.download(name, version, download_path=download_path)


def model_share(ml, name, version, registry_name, share_with_name, share_with_version):
    return ml.models.share(
        name=name,
        version=version,
        registry_name=registry_name,
        share_with_name=share_with_name,
        share_with_version=share_with_version,
    ).id


def batch_endpoint_create(ml, file, **changes):
    endpoint = load_batch_endpoint(file, **changes)
    ml.batch_endpoints.begin_create_or_update(endpoint).result()
    return ml.batch_endpoints.get(endpoint.name).provisioning_state


def batch_endpoint_show(ml, name):
    return ml.batch_endpoints.get(name)._to_dict()


def batch_endpoint_update(ml, name, **changes):
    endpoint = ml.batch_endpoints.get(name)
    (key, value), = changes["params_override"][0].items()
    assert key == "defaults.deployment_name", key
    endpoint.defaults.deployment_name = value
    return ml.batch_endpoints.begin_create_or_update(endpoint).result().defaults.deployment_name


def batch_deployment_create(ml, file, **changes):
    deployment = load_batch_deployment(file, **changes)
    ml.batch_deployments.begin_create_or_update(deployment).result()
    return [listed.name for listed in ml.batch_deployments.list(deployment.endpoint_name)]


def batch_deployment_list(ml, endpoint_name):
    return [listed.name for listed in ml.batch_deployments.list(endpoint_name)]


def batch_deployment_show(ml, name, endpoint_name):
    return ml.batch_deployments.get(name, endpoint_name).name


def batch_endpoint_invoke(ml, name, input_type, input, output_path, deployment_name=None):
    store, path = output_path.removeprefix("azureml://datastores/").split("/paths/")
    output = [{"output_dataset.datastore_id": "azureml:" + store}, {"output_dataset.path": path}]
    return ml.batch_endpoints.invoke(
        endpoint_name=name,
        deployment_name=deployment_name,
        input=Input(type=input_type, path=input),
        params_override=output,
    ).name


def batch_endpoint_list_jobs(ml, name):
    return [{"name": job.name} for job in ml.batch_endpoints.list_jobs(name)]


def run(words):
    count = next((i for i, word in enumerate(words) if word.startswith("-")), len(words))
    command = globals()["_".join(words[:count]).replace("-", "_")]
    options = {}
    for word, value in zip(words[count::2], words[count + 1 :: 2]):
        if word == "--set":
            options.setdefault("params_override", []).append(dict([value.split("=", 1)]))
        else:
            options[OPTIONS.get(word, word.removeprefix("--").replace("-", "_"))] = value
    query, output = options.pop("query", None), options.pop("output", "json")
    group = options.pop("resource_group", "rg-demo-mlops-demo")
    answer = command(client(options.pop("workspace_name", None), group), **options)
    answer = jmespath.search(query, answer) if query else answer
    return answer if output == "tsv" else json.dumps(answer)


def main():
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        try:
            answer = f"0 {run(shlex.split(line))}"
        except BaseException:
            traceback.print_exc()
            answer = "1 null"
        print(answer, file=answers, flush=True)


main()
