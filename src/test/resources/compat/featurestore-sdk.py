"""What azureml-featurestore reads of a store that `mlops features apply` made.

Runs under `mlops local exec`, in the folder of the samples, after `mlops features apply`. Writes what it found into
$OUT/featurestore-sdk, as JSON.
"""
import json
import os
import pathlib

from azure.ai.ml import MLClient
from azure.identity import EnvironmentCredential
from azureml.featurestore import FeatureStoreClient

CREDENTIAL = EnvironmentCredential()
PLACE = (CREDENTIAL, os.environ["AZURE_SUBSCRIPTION_ID"], "rg-demo-mlops-demo")
FOUND = {}


def main():
    store = FeatureStoreClient(credential=PLACE[0], subscription_id=PLACE[1], resource_group_name=PLACE[2], name="fs-taxi")
    FOUND["sets"] = [s.name for s in store.feature_sets.list()]
    FOUND["versions"] = [s.name for s in store.feature_sets.list(name="zone_hourly")]
    FOUND["entity"] = [c.name for c in store.feature_store_entities.get("zone", "1").index_columns]
    found = store.feature_sets.get("zone_hourly", "1")
    FOUND["features"] = [f.name for f in found.features]
    FOUND["source"] = found.source.path
    FOUND["delay"] = str(found.source.source_delay)
    features = store.resolve_feature_uri(["zone_hourly:1:trips_24h", "zone_hourly:1:mean_fare_24h"])
    FOUND["resolved"] = [f.name for f in features]
    os.makedirs("retrieval", exist_ok=True)
    store.generate_feature_retrieval_spec("retrieval", features)
    FOUND["spec"] = pathlib.Path("retrieval/feature_retrieval_spec.yaml").read_text()
    FOUND["again"] = [f.name for f in store.resolve_feature_retrieval_spec("retrieval")]
    shown = MLClient(*PLACE).feature_stores.get("fs-taxi")
    FOUND["offline"] = shown.offline_store.target.split("/")[-1]


try:
    main()
finally:
    pathlib.Path(os.environ["OUT"], "featurestore-sdk").write_text(json.dumps(FOUND))
