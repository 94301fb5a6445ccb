"""Step 3, evaluate_model: measures the model on the test rows, compares it with the champion, says yes or no.

    python evaluate.py --model_input DIR --prepared_data DIR --predictions DIR --score_report DIR --deploy_flag DIR
        [--r2_min 0.7] [--rmse_max none] [--mae_max none] [--champion DIR] [--champion_rule not-worse|none]

Writes
    predictions/predictions.csv            row, real, predicted and, with a champion, champion
    score_report/metrics.json              r2, rmse, mae, rows, mean_cost and, with a champion, champion_r2, ...
    score_report/feature-importance.csv    feature, importance
    score_report/real-vs-predicted.svg     one dot a trip
    score_report/feature-importance.svg
    deploy_flag/deploy_flag.json           the verdict, see verdict.py

A verdict of no is a result, not a failure: this step ends well, and the next one refuses to register.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any, Optional

os.environ["OMP_NUM_THREADS"] = "1"  # as in train.py

import numpy as np
import pandas as pd

import charts
import model_folder
import verdict
from scores import scores
from taxi import StepError, read_part

IMPORTANCE_ROWS = 2000


def predict(model: Any, rows: pd.DataFrame, who: str) -> np.ndarray:
    """By column name, in the order the model was trained with: a champion may know fewer columns, not others."""
    columns = list(getattr(model, "feature_names_in_", rows.columns))
    unknown = [name for name in columns if name not in rows.columns]
    if unknown:
        raise StepError(f"the {who} was trained on columns that the data lacks: {', '.join(unknown)}.")
    return np.asarray(model.predict(rows[columns]), dtype=float)


def champion_predictions(folder: Optional[str], rule: str, rows: pd.DataFrame) -> Optional[np.ndarray]:
    if not folder:
        return None
    try:
        return predict(model_folder.load(Path(folder)), rows, "champion")
    except StepError as error:
        if rule == verdict.NOT_WORSE:
            raise StepError(f"the champion cannot be compared with: {error} "
                            "To go on without it, set champion_rule to none.") from error
        print(f"without the champion: {error}")
        return None


def importances(model: Any, rows: pd.DataFrame, real: pd.Series, seed: int) -> dict[str, float]:
    """By how many dollars the mean error grows when one column's values are dealt out anew."""
    steps = getattr(model, "steps", [(None, model)])
    rows, real = rows.head(IMPORTANCE_ROWS), real.head(IMPORTANCE_ROWS).to_numpy()
    table = model[:-1].transform(rows) if len(steps) > 1 else rows  # with the features that the model makes itself
    last = steps[-1][1]
    rng = np.random.default_rng(seed)
    before = np.abs(last.predict(table) - real).mean()
    grown = {}
    for name in table.columns:
        dealt = table.assign(**{name: rng.permutation(table[name].to_numpy())})
        grown[name] = round(float(np.abs(last.predict(dealt) - real).mean() - before), 6)
    return dict(sorted(grown.items(), key=lambda item: (-item[1], item[0])))


def write_report(folder: Path, metrics: dict[str, Any], table: pd.DataFrame, importance: dict[str, float]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    subtitle = (f"{metrics['rows']:,} test trips, r2 {metrics['r2']:.3f}, "
                f"rmse {metrics['rmse']:.2f}, mae {metrics['mae']:.2f} dollars")
    files = {
        "metrics.json": json.dumps(metrics, indent=2) + "\n",
        "feature-importance.csv": "feature,importance\n" + "".join(f"{n},{v}\n" for n, v in importance.items()),
        "real-vs-predicted.svg": charts.scatter(table["real"].tolist(), table["predicted"].tolist(), subtitle),
        "feature-importance.svg": charts.bars(importance, "What the prediction depends on",
                                              "dollars by which the mean error grows when the column is shuffled"),
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")


def run(args: argparse.Namespace) -> None:
    rows, real = read_part(args.prepared_data, "test")
    model = model_folder.load(Path(args.model_input))
    predicted = predict(model, rows, "model")
    champion = champion_predictions(args.champion, args.champion_rule, rows)

    table = pd.DataFrame({"row": range(1, len(rows) + 1), "real": real, "predicted": predicted.round(4)})
    metrics = {**scores(real, predicted), "rows": len(rows), "mean_cost": round(float(real.mean()), 6)}
    champion_scores = None
    if champion is not None:
        table["champion"] = champion.round(4)
        champion_scores = scores(real, champion)
        metrics.update({f"champion_{name}": value for name, value in champion_scores.items()})
    limits = {name: getattr(args, name) for name in ("r2_min", "rmse_max", "mae_max")}
    candidate_scores = {name: metrics[name] for name in ("r2", "rmse", "mae")}
    flag = verdict.decide(args.model_name, limits, args.champion_rule, candidate_scores, champion_scores)

    Path(args.predictions).mkdir(parents=True, exist_ok=True)
    table.to_csv(Path(args.predictions) / "predictions.csv", index=False, lineterminator="\n")
    write_report(Path(args.score_report), metrics, table, importances(model, rows, real, args.seed))
    verdict.write(Path(args.deploy_flag), flag)
    print("  ".join(f"{name} {value}" for name, value in metrics.items()))
    print(flag["sentence"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model_name", default="the model", help="what the verdict calls the model")
    parser.add_argument("--model_input", required=True, help="folder that train wrote")
    parser.add_argument("--prepared_data", required=True, help="folder that prep wrote")
    parser.add_argument("--predictions", required=True, help="folder for predictions.csv")
    parser.add_argument("--score_report", required=True, help="folder for metrics and charts")
    parser.add_argument("--deploy_flag", required=True, help="folder for the verdict")
    for name in ("r2_min", "rmse_max", "mae_max"):
        parser.add_argument(f"--{name}", type=verdict.limit, default=None, metavar="NUMBER|none")
    parser.add_argument("--champion", default=None, help="model folder to compare with, on the same rows")
    parser.add_argument("--champion_rule", choices=[verdict.NOT_WORSE, "none"], default=verdict.NOT_WORSE)
    parser.add_argument("--seed", type=int, default=7, help="for the feature importances")
    try:
        run(parser.parse_args())
    except StepError as error:
        sys.exit(f"evaluate_model: {error}")


if __name__ == "__main__":
    main()
