"""Makes in a workspace, by the real azure-ai-ml, what the jobs of a project expect there. Reads what from a JSON file, and
prints one JSON line for each thing: made, or why not. Runs below `mlops local exec`. With --load, says only why the client does
not take a job file."""

import json
import logging
import os
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import yaml
from azure.ai.ml import (
    Input,
    MLClient,
    load_batch_deployment,
    load_batch_endpoint,
    load_component,
    load_data,
    load_datastore,
    load_environment,
    load_job,
    load_model,
)
from azure.ai.ml.entities import AmlCompute, BatchEndpoint, Data, Model, SynapseSparkCompute
from azure.ai.ml.entities._load_functions import load_model_batch_deployment, load_pipeline_component_batch_deployment
from azure.identity import ClientSecretCredential
from azure.storage.blob import BlobServiceClient

LOADERS = {
    "environment": (load_environment, "environments"),
    "data": (load_data, "data"),
    "model": (load_model, "models"),
    "component": (load_component, "components"),
}


def workspace(order):
    credential = ClientSecretCredential(os.environ["AZURE_TENANT_ID"], os.environ["AZURE_CLIENT_ID"], os.environ["AZURE_CLIENT_SECRET"])
    return MLClient(credential, os.environ["AZURE_SUBSCRIPTION_ID"], order["group"], order["workspace"])


def make(ml, thing):
    kind = thing["kind"]
    if kind == "compute":
        ml.compute.begin_create_or_update(AmlCompute(name=thing["name"], size="STANDARD_DS3_v2", max_instances=4)).result()
    elif kind == "pool":
        pool = f"/subscriptions/{ml.subscription_id}/resourceGroups/{ml.resource_group_name}/providers/Microsoft.Synapse/workspaces/s/bigDataPools/p"
        ml.compute.begin_create_or_update(SynapseSparkCompute(name=thing["name"], resource_id=pool)).result()
    elif kind == "folder":
        entity, operations = (Data, ml.data) if thing["asset"] == "data" else (Model, ml.models)
        operations.create_or_update(entity(name=thing["name"], path=thing["path"], type=thing["type"]))
    elif kind == "upload":
        store = ml.datastores.get(thing["store"])
        with open(thing["path"], "rb") as content:
            account(ml).get_blob_client(store.container_name, thing["name"]).upload_blob(content, overwrite=True)
    elif kind == "datastore":
        default = ml.datastores.get("workspaceblobstore", include_secrets=True)
        store = load_datastore(thing["file"], params_override=[{"account_name": default.account_name}])
        store.credentials = default.credentials
        account(ml).get_container_client(store.container_name).create_container()
        ml.datastores.create_or_update(store)
    elif kind == "cancel":
        until = datetime.now(timezone.utc) - timedelta(seconds=thing["age"])
        for job in ml.jobs.list():
            if job.creation_context.created_at < until and job.status not in ("Completed", "Failed", "Canceled"):
                ml.jobs.begin_cancel(job.name).result()
    elif kind == "deployment":
        score(ml, thing)
    else:
        load, operations = LOADERS[kind]
        getattr(ml, operations).create_or_update(load(thing["file"]))


def account(ml):
    """The storage of the workspace, which is that of all datastores here."""
    store = ml.datastores.get("workspaceblobstore", include_secrets=True)
    return BlobServiceClient(f"https://{store.account_name}.blob.core.windows.net", store.credentials.account_key)


def score(ml, thing):
    """A batch deployment, with its endpoint, and a job of it where there is something to score."""
    name = thing["endpoint_name"]  # scripts give it: that of the file is often a variable of theirs
    load = {"pipeline": load_pipeline_component_batch_deployment, "model": load_model_batch_deployment}.get(thing["type"], load_batch_deployment)
    override = [{"endpoint_name": name}]
    if thing.get("job"):
        override.append({"job_definition": "azureml:" + next(job.name for job in ml.jobs.list() if job.display_name == thing["job"])})
    deployment = load(thing["file"], params_override=override)
    given = [{"name": name}]
    endpoint = load_batch_endpoint(thing["endpoint"], params_override=given) if thing.get("endpoint") else BatchEndpoint(name=name)
    if thing.get("model"):  # the one beside it: others may have the same name
        ml.models.create_or_update(Model(**thing["model"]))
    ml.batch_endpoints.begin_create_or_update(endpoint).result()
    wanted = set(getattr(getattr(deployment, "component", None), "jobs", None) or [])
    made = ml.batch_deployments.begin_create_or_update(deployment).result()
    if wanted and wanted != set(ml.components.get(*made.component.split("/")[-3::2]).jobs):
        raise RuntimeError("the deployment runs another pipeline than its file describes")
    job = ml.batch_endpoints.invoke(endpoint_name=endpoint.name, deployment_name=deployment.name, **inputs(thing))
    ml.jobs.stream(job.name)


def inputs(thing):
    """What is scored: one place, or the inputs that a file of the project has for `az ml batch-endpoint invoke`."""
    if thing.get("input"):
        return {"input": Input(type=thing["input_type"], path=thing["input"])}
    if not thing.get("inputs"):
        return {}
    file = Path(thing["inputs"])
    given = {}
    for name, value in yaml.safe_load(file.read_text())["inputs"].items():
        value = dict(value) if isinstance(value, dict) else {"type": "string", "default": value}
        if (file.parent / str(value.get("path", "\0"))).exists():
            value["path"] = str(file.parent / value["path"])
        given[name] = Input(**value)
    return {"inputs": given}


def loaded(file):
    """Why the client does not take a job file; empty where it does."""
    logging.disable(logging.CRITICAL)
    try:
        job = load_job(file)
        result = job._validate() if hasattr(job, "_validate") else None  # AutoML's have none
        return "" if result is None or result.passed else str(result.error_messages)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def main():
    if sys.argv[1] == "--load":
        print(json.dumps({"client": loaded(sys.argv[2])[:2000]}))
        return
    order = json.load(open(sys.argv[1], encoding="utf-8"))
    ml = workspace(order)
    for thing in order["things"]:
        answer = {"kind": thing["kind"], "name": thing["name"]}
        try:
            make(ml, thing)
        except Exception as e:  # whatever a client says is what a user of it sees
            answer["error"] = f"{type(e).__name__}: {e}"[:2000]
        print(json.dumps(answer), flush=True)


main()
