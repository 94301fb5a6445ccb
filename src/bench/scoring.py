"""The Python of JobsBench: makes a model and files to score, and scores them without any runner."""

from __future__ import annotations

import time

START = time.time()  # what is imported below is part of the time

import json
import pickle
import sys
from pathlib import Path

import numpy
import pandas

ROWS = 10_000


def make(model_dir: Path, data_dir: Path, files: int) -> None:
    from sklearn.ensemble import HistGradientBoostingRegressor

    random = numpy.random.default_rng(1)
    tables = (pandas.DataFrame(random.random((ROWS, 6)).round(5), columns=list("abcdef")) for _ in range(files + 1))
    sample = next(tables)
    model = HistGradientBoostingRegressor(max_iter=100).fit(sample, 3 * sample.a + sample.b**2)
    (model_dir / "model.pkl").write_bytes(pickle.dumps(model))
    inputs = json.dumps([{"name": name, "type": "double"} for name in sample])
    flavors = {"sklearn": {"pickled_model": "model.pkl"}, "python_function": {"loader_module": "mlflow.sklearn"}}
    (model_dir / "MLmodel").write_text(json.dumps({"flavors": flavors, "signature": {"inputs": inputs}}))
    (model_dir / "conda.yaml").write_text(json.dumps({"dependencies": [{"pip": ["scikit-learn", "pandas"]}]}))
    for number, table in enumerate(tables):
        table.to_csv(data_dir / f"{number:04}.csv", index=False)


def bare(model_dir: Path, data_dir: Path) -> None:
    model = pickle.loads((model_dir / "model.pkl").read_bytes())
    with open("bare.csv", "w") as out:
        for path in sorted(data_dir.glob("*.csv")):
            for row, value in enumerate(model.predict(pandas.read_csv(path))):
                out.write(f"{row},{value},{path.name}\n")
    print("SECONDS", time.time() - START)


if __name__ == "__main__":
    what, model, data = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    make(model, data, int(sys.argv[4])) if what == "make" else bare(model, data)
