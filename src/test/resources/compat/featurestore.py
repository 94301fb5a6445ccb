"""What `az ml feature-store`, `feature-store-entity` and `feature-set` do, by the same calls of the same azure-ai-ml.

Runs under `mlops local exec`, in the folder of the samples, after `mlops bootstrap`. Writes what it found into
$OUT/featurestore, as JSON.
"""
import json
import os
import pathlib
import time
import urllib.request
import uuid
from datetime import datetime

from azure.ai.ml import MLClient, load_feature_set, load_feature_store, load_feature_store_entity
from azure.ai.ml.entities import DataAvailabilityStatus
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.identity import EnvironmentCredential

CREDENTIAL = EnvironmentCredential()
SUBSCRIPTION = os.environ["AZURE_SUBSCRIPTION_ID"]
GROUP = "rg-demo-mlops-demo"
ARM = "https://management.azure.com"
BLOB_DATA_CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe"
FOUND = {}


def arm(method, path, version, body=None):
    request = urllib.request.Request(
        f"{ARM}{path}?api-version={version}",
        data=None if body is None else json.dumps(body).encode(),
        method=method,
        headers={
            "Authorization": "Bearer " + CREDENTIAL.get_token(ARM + "/.default").token,
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read() or b"{}")


def principal():
    """Who is signed in: the object id of the token."""
    import base64

    payload = CREDENTIAL.get_token(ARM + "/.default").token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=="))["oid"]


def store(ml):
    made = ml.feature_stores.begin_create(load_feature_store("features/featurestore.yml")).result()
    FOUND["created"] = made.name
    FOUND["offline"] = made.offline_store.type
    FOUND["identity"] = made.materialization_identity.resource_id.split('/')[-1].startswith('materialization-uai-')
    shown = ml.feature_stores.get("fs-taxi")
    FOUND["spark"] = shown.compute_runtime.spark_runtime_version
    FOUND["listed"] = [s.name for s in ml.feature_stores.list()]
    shown.tags = {"team": "taxi"}
    FOUND["tags"] = ml.feature_stores.begin_update(shown).result().tags
    FOUND["workspaces"] = [w.name for w in ml.workspaces.list() if w.name == "fs-taxi"]
    # The store's datastores are entered by identity, so whoever uploads needs a role.
    arm(
        "PUT",
        f"{shown.storage_account}/providers/Microsoft.Authorization/roleAssignments/{uuid.uuid4()}",
        "2022-04-01",
        {
            "properties": {
                "roleDefinitionId": f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{BLOB_DATA_CONTRIBUTOR}",
                "principalId": principal(),
            }
        },
    )


def entity(fs):
    zone = load_feature_store_entity("features/zone.yml")
    FOUND["entity"] = fs.feature_store_entities.begin_create_or_update(zone).result().name
    FOUND["columns"] = [c.name for c in fs.feature_store_entities.get("zone", "1").index_columns]
    FOUND["entities"] = [e.name for e in fs.feature_store_entities.list()]
    FOUND["entity-versions"] = [e.version for e in fs.feature_store_entities.list(name="zone")]
    fs.feature_store_entities.archive("zone", version="1")
    FOUND["archived"] = fs.feature_store_entities.get("zone", "1").stage
    fs.feature_store_entities.restore("zone", version="1")
    FOUND["restored"] = fs.feature_store_entities.get("zone", "1").stage


def feature_set(fs):
    hourly = load_feature_set("features/zone_hourly/zone_hourly.yml")
    FOUND["set"] = fs.feature_sets.begin_create_or_update(hourly).result().name
    FOUND["again"] = fs.feature_sets.begin_create_or_update(hourly).result().version
    shown = fs.feature_sets.get("zone_hourly", "1")
    FOUND["stores"] = [shown.materialization_settings.offline_enabled, shown.materialization_settings.online_enabled]
    FOUND["sets"] = [s.name for s in fs.feature_sets.list()]
    FOUND["versions"] = [s.version for s in fs.feature_sets.list(name="zone_hourly")]
    FOUND["features"] = {f.name: f.data_type for f in fs.feature_sets.list_features(feature_set_name="zone_hourly", version="1")}
    FOUND["feature"] = fs.feature_sets.get_feature(feature_set_name="zone_hourly", version="1", feature_name="trips_24h").name
    shown.stage = "Production"
    FOUND["stage"] = fs.feature_sets.begin_create_or_update(shown).result().stage
    spec = pathlib.Path("features/zone_hourly/spec/FeatureSetSpec.yaml")
    text = spec.read_text()
    spec.write_text(text.replace("hours: 24", "hours: 12"))
    try:
        fs.feature_sets.begin_create_or_update(load_feature_set("features/zone_hourly/zone_hourly.yml")).result()
    except HttpResponseError as e:
        FOUND["changed"] = e.message
    spec.write_text(text)
    try:
        fs.feature_sets.get("zone_hourly", "9")
    except ResourceNotFoundError as e:
        FOUND["none"] = e.status_code


def backfill(fs):
    window = dict(
        name="zone_hourly",
        version="1",
        feature_window_start_time=datetime(2026, 3, 4),
        feature_window_end_time=datetime(2026, 3, 5),
    )
    made = fs.feature_sets.begin_backfill(
        **window, data_status=[DataAvailabilityStatus.NONE, DataAvailabilityStatus.INCOMPLETE], tags={"t": "1"}
    ).result()
    FOUND["jobs"] = len(made.job_ids)
    listed = list(
        fs.feature_sets.list_materialization_operations(
            name="zone_hourly",
            version="1",
            feature_window_start_time=datetime(2026, 3, 4),
            feature_window_end_time=datetime(2026, 3, 5),
            filters="t=1",
        )
    )
    FOUND["operations"] = [o.name for o in listed] == made.job_ids
    FOUND["window"] = [f"{o.type.name} {o.feature_window_start_time:%Y-%m-%dT%H:%M}" for o in listed]
    ended = fs.jobs.get(made.job_ids[0]).status
    while ended not in ("Completed", "Failed", "Canceled"):
        time.sleep(0.2)
        ended = fs.jobs.get(made.job_ids[0]).status
    FOUND["ended"] = ended


def main():
    ml = MLClient(CREDENTIAL, SUBSCRIPTION, GROUP)
    store(ml)
    fs = MLClient(CREDENTIAL, SUBSCRIPTION, GROUP, "fs-taxi")
    entity(fs)
    feature_set(fs)
    backfill(fs)
    if os.environ.get("KEEP") is None:
        ml.feature_stores.begin_delete("fs-taxi").result()
        FOUND["left"] = [s.name for s in ml.feature_stores.list()]


try:
    main()
finally:
    pathlib.Path(os.environ["OUT"], "featurestore").write_text(json.dumps(FOUND))
