"""Scores with an MLflow model that has no scoring script, as Azure's deployments without code do.

Uses mlflow where it is installed, else what the model's scikit-learn flavour documents of itself. Each row of a file
becomes `row,prediction,file`, where `row` counts from 0 in its file.
"""

from __future__ import annotations

import json
import logging
import os
import pickle
import sys
from pathlib import Path
from typing import Any

log = logging.getLogger("azureml")
FAILED_FILES: list[str] = []
predict: Any = None
columns: list[str] = []


def init() -> None:
    global predict, columns
    # what MLmodel says, as JSON: {"folder", "columns", "pickled_model", "format", "code"}
    model = json.loads(os.environ["MLOPS_MLFLOW_MODEL"])
    columns = model["columns"]
    folder = Path(model["folder"])
    try:
        from mlflow import pyfunc
    except ImportError:
        predict = load_sklearn(folder, model).predict
    else:
        predict = pyfunc.load_model(str(folder)).predict


def load_sklearn(folder: Path, model: dict[str, Any]) -> Any:
    if not model["pickled_model"]:
        raise ValueError("mlflow is not installed, and without it only models of the flavour sklearn can be loaded.")
    if model["code"]:
        sys.path.insert(0, str(folder / model["code"]))
    path = folder / model["pickled_model"]
    if model["format"] == "joblib":
        import joblib

        return joblib.load(path)
    with path.open("rb") as file:
        return pickle.load(file)  # cloudpickle writes what pickle reads


def run(mini_batch: list[str]) -> list[str]:
    FAILED_FILES.clear()
    rows: list[str] = []
    for name in mini_batch:
        path = Path(name)
        try:
            predictions = predict(chosen(read(path)))
            rows.extend(written(predictions, path.name))
        except Exception as error:
            log.error("Error processing input file: '%s'. Exception: %s", path, error)
            FAILED_FILES.append(name)
    if len(FAILED_FILES) == len(mini_batch):
        raise ValueError("No objects to concatenate: no file of this mini batch could be processed.")
    return rows


def read(path: Path) -> Any:
    import pandas as pd

    kind = path.suffix.lower()
    if kind == ".csv":
        return pd.read_csv(path)
    if kind in (".parquet", ".pqt"):
        return pd.read_parquet(path)
    if kind in (".json", ".jsonl"):
        return from_json(path)
    raise ValueError(f"File type '{kind.lstrip('.')}' is not supported.")


def from_json(path: Path) -> Any:
    """Records, one a line or in a list, or what MLflow itself takes: split under `dataframe_split`."""
    import pandas as pd

    if path.suffix.lower() == ".jsonl":
        return pd.read_json(path, lines=True)
    content = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(content, dict):
        split = content.get("dataframe_split") or content.get("input_data")
        if split:
            return pd.DataFrame(split["data"], columns=split.get("columns"))
        content = content.get("dataframe_records", content)
    return pd.DataFrame(content)


def chosen(table: Any) -> Any:
    """The columns of the model's signature, in its order; more columns do no harm."""
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise ValueError(f"Model is missing inputs {missing}.")
    return table[columns] if columns else table


def written(predictions: Any, name: str) -> list[str]:
    values = predictions.to_numpy() if hasattr(predictions, "to_numpy") else predictions
    values = values.tolist() if hasattr(values, "tolist") else list(values)
    file = quoted(name)
    return [f"{number},{quoted(value)},{file}" for number, value in enumerate(values)]


def quoted(value: Any) -> str:
    """A value as CSV has it; a row of one column is that column."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    text = str(value)
    if isinstance(value, float) or not any(mark in text for mark in ',"\r\n'):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
