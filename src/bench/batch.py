"""The script of StepsBench, for batch scoring and for a parallel step: predicts each file of a mini batch."""

from __future__ import annotations

import argparse
import os
import pickle
from pathlib import Path

import pandas


def init() -> None:
    global model
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default=os.environ.get("AZUREML_MODEL_DIR"))
    folder = Path(parser.parse_known_args()[0].model)
    model = pickle.loads(next(folder.rglob("model.pkl")).read_bytes())


def run(mini_batch: list[str]) -> pandas.DataFrame:
    tables = [pandas.read_csv(path) for path in mini_batch]
    return pandas.concat(pandas.DataFrame({"value": model.predict(table)}) for table in tables)
