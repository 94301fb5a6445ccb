"""What `az ml` does for the guide's commands: the same calls of the same azure-ai-ml, without the extension around it.

Runs under `mlops local exec`, in the folder of the samples: ml.py FUNCTION [ARGUMENT...]
"""
import io
import json
import os
import sys

from azure.ai.ml import Input, MLClient, load_batch_deployment, load_batch_endpoint, load_compute, load_data
from azure.ai.ml import load_datastore, load_environment, load_job
from azure.ai.ml.entities import IdentityConfiguration, ManagedIdentityConfiguration, Model, Workspace
from azure.identity import EnvironmentCredential

CREDENTIAL = EnvironmentCredential()
MODEL = "taxi-model-mlops-demo"
STORE = "mlopsdemotestcointainer"
ENDPOINT = "taxifare-b-mldemo-t-demo"
DEPLOYMENT = "batch-dp-mlopsdemo-test"


def client(number=None):
    name = number and "ml-mlopsdemo-demo-" + number
    return MLClient(CREDENTIAL, os.environ["AZURE_SUBSCRIPTION_ID"], "rg-demo-mlops-demo", name)


def workspaces(identity):
    """az ml workspace create and az ml compute create, for dev, test and prod."""
    for number, stage in (("01", "dev"), ("02", "test"), ("03", "prod")):
        made = Workspace(
            name="ml-mlopsdemo-demo-" + number, location="eastus2", display_name=stage.title() + " Workspace"
        )
        client().workspaces.begin_create(made).result()
        compute = load_compute("compute/compute" + stage + ".yml")
        compute.identity = IdentityConfiguration(
            type="user_assigned", user_assigned_identities=[ManagedIdentityConfiguration(resource_id=identity)]
        )
        client(number).compute.begin_create_or_update(compute).result()


def train():
    """az ml environment create, job create, job stream, and model create for what the job has made, in dev."""
    ml = client("01")
    ml.environments.create_or_update(load_environment("dev/train-env.yml"))
    job = ml.jobs.create_or_update(pipeline())
    ml.jobs.stream(job.name)
    output = "azureml://jobs/" + job.name + "/outputs/registered_model"
    model = ml.models.create_or_update(Model(name=MODEL, path=output, type="custom_model"))
    return {"job": job.name, "status": ml.jobs.get(job.name).status, "version": model.version}


def pipeline():
    """dev/pipeline.yml without the name of its output, which Debian's azure-ai-ml is too old to know."""
    with open("dev/pipeline.yml") as file:
        lines = file.read().split("\n")
    lines.remove("    name: " + MODEL)
    return load_job(io.StringIO("\n".join(lines)), relative_origin="dev/pipeline.yml")


def deploy(models):
    """az ml environment, datastore, data, model, batch-endpoint and batch-deployment create, in test."""
    client("01").models.download(MODEL, "1", download_path=models)
    ml = client("02")
    ml.environments.create_or_update(load_environment("test/test-env.yml"))
    ml.datastores.create_or_update(load_datastore("test/data-store.yml"))
    ml.data.create_or_update(load_data("test/file-data-asset.yml"))
    path = os.path.join(models, MODEL)
    model = ml.models.create_or_update(Model(name="taxi-test-model-mlops-demo", version="1", path=path))
    ml.batch_endpoints.begin_create_or_update(load_batch_endpoint("test/batch-endpoint-test.yml")).result()
    ml.batch_deployments.begin_create_or_update(load_batch_deployment("test/batch-deployment-test.yml")).result()
    endpoint = ml.batch_endpoints.get(ENDPOINT)
    deployments = [deployment.name for deployment in ml.batch_deployments.list(ENDPOINT)]
    return {"model": model.version, "endpoint": endpoint.provisioning_state, "deployments": deployments}


def score():
    """az ml batch-endpoint invoke and list-jobs, and az ml job stream, in test."""
    ml = client("02")
    job = ml.batch_endpoints.invoke(
        endpoint_name=ENDPOINT,
        deployment_name=DEPLOYMENT,
        input=Input(type="uri_file", path="azureml://datastores/" + STORE + "/paths/taxibatch/taxi-batch.csv"),
        params_override=[{"output_dataset.datastore_id": "azureml:" + STORE}, {"output_dataset.path": "taxioutput"}],
    )
    ml.jobs.stream(job.name)
    jobs = [listed.name for listed in ml.batch_endpoints.list_jobs(ENDPOINT)]
    return {"job": job.name, "status": ml.jobs.get(job.name).status, "jobs": jobs}


if __name__ == "__main__":
    answer = globals()[sys.argv[1]](*sys.argv[2:])
    if answer:
        with open(os.path.join(os.environ["OUT"], sys.argv[1]), "w") as file:
            json.dump(answer, file)
