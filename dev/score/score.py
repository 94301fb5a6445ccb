"""Scores CSV files of taxi trips in a batch deployment. Test and prod share this file, so they score alike.

Azure calls `init()` once in each worker process and `run(mini_batch)` with a list of file paths, again and again.
Every input row becomes one output row:

    file         name of the input file, without its folder (files of one job should have names of their own)
    row          number of the row in that file; 1 is the first line below the header
    prediction   the fare in dollars, to four digits

Workers finish in any order, so a job's rows may come in any order; `file` and `row` say which is which. Azure writes
the rows to output_file_name without a header line.

Columns are found by name. More of them (an index, the real cost) do no harm; a missing one is an error that names it.
Rows that lack a value, and zero bytes at the end of a file, are counted and warned of: `mlops` shows such lines.
"""

from __future__ import annotations

import io
import logging
import os
import pickle
import re
import sys
from pathlib import Path
from typing import Any

# The deployment runs several workers on a machine: each keeps to one core.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import pandas as pd

COLUMNS = ["file", "row", "prediction"]
DIGITS = 4
log = logging.getLogger(__name__)
model: Any = None


def init() -> None:
    """Loads the model that Azure has put below AZUREML_MODEL_DIR."""
    global model
    model_dir = os.environ.get("AZUREML_MODEL_DIR")
    if not model_dir:
        raise RuntimeError("AZUREML_MODEL_DIR is not set: this script runs inside a batch deployment.")
    path = find_pickle(Path(model_dir))
    with path.open("rb") as file:
        model = pickle.load(file)
    log.info("model %s, columns %s", path, ", ".join(model.feature_names_in_))


def run(mini_batch: list[str]) -> pd.DataFrame:
    """Scores all files of the mini batch at once: one call of the model costs more than its rows do."""
    paths = [Path(name) for name in mini_batch]
    tables = [read_trips(path, list(model.feature_names_in_)) for path in paths]
    names = [path.name for path, table in zip(paths, tables) for _ in range(len(table))]
    numbers = [number for table in tables for number in range(1, len(table) + 1)]
    trips = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
    predictions = model.predict(trips).round(DIGITS) if len(trips) else []
    log.info("scored %d rows of %d files", len(trips), len(paths))
    return pd.DataFrame({"file": names, "row": numbers, "prediction": predictions}, columns=COLUMNS)


def find_pickle(model_dir: Path) -> Path:
    """The file that MLmodel names. A registered folder often lies in a folder of its own: the uppermost is taken."""
    found = sorted(model_dir.rglob("MLmodel"), key=lambda path: (len(path.parts), path))
    if not found:
        there = ", ".join(sorted(path.name for path in model_dir.rglob("*"))) or "nothing"
        raise FileNotFoundError(f"No MLmodel file in or below {model_dir}; there is {there}.")
    text = found[0].read_text(encoding="utf-8")
    sklearn = re.search(r"^  sklearn:\s*\n((?:    .*\n?)+)", text, re.MULTILINE)
    keys = dict(re.findall(r"^    (\w+):\s*['\"]?(.*?)['\"]?\s*$", sklearn[1], re.MULTILINE)) if sklearn else {}
    if "pickled_model" not in keys or keys.get("serialization_format", "pickle") not in ("pickle", "cloudpickle"):
        raise ValueError(f"{found[0]} names no scikit-learn model in the format pickle or cloudpickle.")
    folder, path = found[0].parent.resolve(), (found[0].parent / keys["pickled_model"]).resolve()
    if folder not in path.parents:
        raise ValueError(f"{found[0]} names a pickled_model outside its own folder: {keys['pickled_model']}")
    return path


def read_trips(path: Path, columns: list[str]) -> pd.DataFrame:
    """The model's columns as numbers. An empty cell stays empty: the model can do without a value."""
    try:
        table = pd.read_csv(whole(path), encoding="utf-8-sig", usecols=lambda name: name in columns)
    except pd.errors.EmptyDataError:
        raise ValueError(f"{path.name} is empty: not even a header line.") from None
    except (pd.errors.ParserError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name} cannot be read as CSV: {error}") from None
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise ValueError(f"{path.name} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}.")
    for name in columns:
        if not pd.api.types.is_numeric_dtype(table[name]):
            table[name] = numbers_of(table[name], path)
    table = table[columns].astype("float64")
    incomplete = table.isna().any(axis=1)
    if incomplete.any():
        row = int(incomplete.to_numpy().argmax())
        lacking = ", ".join(table.columns[table.isna().iloc[row]][:3])
        warn(f"{path.name}: {int(incomplete.sum())} of {len(table)} rows lack a value, the first is row {row + 1}"
             f" ({lacking}); the model scores them without it")
    return table


def whole(path: Path) -> Any:
    """The file, or what it holds before the zero bytes that a machine which went down has left at its end."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        if file.read(1) != b"\0":
            return path
        file.seek(0)
        content = file.read().rstrip(b"\0")
    warn(f"{path.name} ends in {size - len(content)} zero bytes, which are left out; the row before may be cut short")
    return io.BytesIO(content)


def warn(text: str) -> None:
    print(f"warning: {text}", file=sys.stderr, flush=True)


def numbers_of(cells: pd.Series, path: Path) -> pd.Series:
    numbers = pd.to_numeric(cells, errors="coerce")
    wrong = numbers.isna() & cells.notna()
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        raise ValueError(f"{path.name}, row {row + 1}: {cells.name} is {cells.iloc[row]!r}, which is not a number.")
    return numbers
