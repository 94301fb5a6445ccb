"""A job reads azureml:// paths: of a datastore with a key, and of one that is read as who the job is.

COMPUTE says whether the identity of the compute is allowed to; USER_ROLE, where it is not empty, whether the user is.
"""
import os

import mltable
import pandas as pd
from azureml.fsspec import AzureMachineLearningFileSystem

parts = os.environ["MLFLOW_TRACKING_URI"].split("/")
workspace = "azureml://subscriptions/{}/resourcegroups/{}/workspaces/{}".format(
    *(parts[parts.index(name) + 1] for name in ("subscriptions", "resourceGroups", "workspaces"))
)
ALLOWED = (os.environ["USER_ROLE"] or os.environ["COMPUTE"]) == "allowed"


def table(base):
    os.makedirs("table", exist_ok=True)
    with open("table/MLTable", "w") as out:
        out.write(f"paths:\n  - file: {base}trips/all.csv\ntransformations:\n  - read_delimited:\n      header: all_files_same_headers\n")
    assert mltable.load("table").to_pandas_dataframe().fare.sum() == 11.0


def frame(base):
    assert pd.read_csv(base + "trips/all.csv").fare.sum() == 11.0


def files(base):
    store = AzureMachineLearningFileSystem(base)
    assert store.ls("trips") == ["trips/all.csv"]
    with store.open("trips/all.csv") as file:
        assert file.read().startswith(b"trip,fare")


for act in (table, frame, files):
    act(workspace + "/datastores/keyed/paths/")
    try:
        act(workspace + "/datastores/given/paths/")
        assert ALLOWED, act.__name__ + " was allowed"
    except AssertionError:
        raise
    except Exception as e:
        assert not ALLOWED and ("not authorized" in str(e) or "PermissionDenied" in str(e)), f"{act.__name__}: {e}"
