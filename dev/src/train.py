"""Step 2, train_model: fits gradient boosted trees on the training rows and writes the model folder.

    python train.py --prepared_data DIR --model_output DIR [--seed 7] [--n_estimators 200] ...

The model takes the raw columns of the data, so that whoever scores needs no code of ours: the one feature it makes,
the length of the trip, is made inside it by pandas' own `eval`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

# One thread: sums over threads end in different last digits, and other jobs share the machine.
os.environ["OMP_NUM_THREADS"] = "1"

import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer

import model_folder
from scores import scores
from taxi import RETRIEVAL_SPEC, TRIP_MINUTES, StepError, read_part


def untrained(args: argparse.Namespace) -> Pipeline:
    trees = HistGradientBoostingRegressor(
        max_iter=args.n_estimators,
        learning_rate=args.learning_rate,
        max_depth=args.max_depth or None,
        min_samples_leaf=args.min_samples_leaf,
        max_features=0.5,  # each split looks at half of the columns: steadier on data it has not seen
        early_stopping=False,  # as many trees as asked for, and every training row is used
        random_state=args.seed,
    )
    trip_minutes = FunctionTransformer(pd.DataFrame.eval, kw_args={"expr": TRIP_MINUTES})
    return Pipeline([("trip_minutes", trip_minutes), ("trees", trees)])


def run(args: argparse.Namespace) -> None:
    parts = {part: read_part(args.prepared_data, part) for part in ("train", "validation")}
    features, target = parts["train"]
    model = untrained(args).fit(features, target)
    metadata = {
        "parameters": {name: getattr(args, name) for name in PARAMETERS},
        "rows": {part: len(real) for part, (_, real) in parts.items()},
        **{part: scores(real, model.predict(rows)) for part, (rows, real) in parts.items()},
    }
    model_folder.write(Path(args.model_output), model, metadata)
    spec = Path(args.prepared_data) / RETRIEVAL_SPEC
    if spec.is_file():  # in the root of the model it says which features whoever scores has to retrieve
        shutil.copyfile(spec, Path(args.model_output) / RETRIEVAL_SPEC)
    for part in parts:
        print(f"{part:<10} {metadata['rows'][part]:>6} rows  "
              + "  ".join(f"{name} {value:.4f}" for name, value in metadata[part].items()))


PARAMETERS = {  # name: (default, least, what it is)
    "seed": (7, 0, "the same seed and data give the same model"),
    "n_estimators": (200, 1, "number of trees"),
    "learning_rate": (0.06, 1e-6, "how much each tree corrects"),
    "max_depth": (8, 0, "longest path of a tree; 0 means no limit"),
    "min_samples_leaf": (20, 1, "fewest rows that a leaf stands for"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--prepared_data", required=True, help="folder that prep wrote")
    parser.add_argument("--model_output", required=True, help="folder to write the model to")
    for name, (default, _, help_text) in PARAMETERS.items():
        parser.add_argument(f"--{name}", type=type(default), default=default, help=f"{help_text} (default {default})")
    args = parser.parse_args()
    for name, (_, least, _) in PARAMETERS.items():
        if not getattr(args, name) >= least:
            parser.error(f"--{name} must be at least {least}, it is {getattr(args, name)}")
    try:
        run(args)
    except StepError as error:
        sys.exit(f"train_model: {error}")


if __name__ == "__main__":
    main()
