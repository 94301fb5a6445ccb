"""Step 1, prep_data: reads the raw trips, drops what cannot be true, splits the rest into train, validation, test.

    python prep.py --raw_data DIR --prepared_data DIR [--retrieved DIR]

Writes train.csv, validation.csv, test.csv and prep.json (how many rows came, went and why). With --retrieved, what
Azure's component feature_retrieval wrote, each trip gets the features that it had when it began; the column `trip`
there is the number of the row in the raw data.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

import pandas as pd

from taxi import FEATURES, FRACTIONS, RETRIEVAL_SPEC, RETRIEVED, TARGET, TRIP_MINUTES, StepError, read_csv

PREFERRED = "taxi-data.csv"
LEAST_ROWS = 100
COLUMNS = [TARGET, *FEATURES]


def raw_files(raw_data: Path) -> list[Path]:
    """taxi-data.csv if it is there; else every CSV file with the target column, for a folder may hold other files."""
    if raw_data.is_file():
        return [raw_data]
    if not raw_data.is_dir():
        raise StepError(f"--raw_data {raw_data} does not exist.")
    if (raw_data / PREFERRED).is_file():
        return [raw_data / PREFERRED]
    tables = sorted(raw_data.rglob("*.csv"))
    with_target = [path for path in tables if TARGET in header(path)]
    if not with_target:
        found = ", ".join(path.name for path in tables) or "no CSV file at all"
        raise StepError(f"{raw_data} has neither {PREFERRED} nor another CSV file with the column {TARGET}; "
                        f"found: {found}.")
    return with_target


def header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        return [name.strip().strip('"') for name in file.readline().split(",")]


def usable(raw: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int], pd.Index]:
    """The rows that can be true, for each reason how many others it cost, and the numbers of the rows that stay."""
    table = raw.apply(pd.to_numeric, errors="coerce").astype("float64")
    table = table.replace([float("inf"), float("-inf")], float("nan"))
    whole = [name for name in COLUMNS if name not in FRACTIONS]
    hours = table.eval(TRIP_MINUTES)["trip_minutes"] / 60
    reasons = {
        "a value is missing or not a number": table.isna().any(axis=1) | (table[whole] % 1 != 0).any(axis=1),
        "the cost is below the initial charge of 2.50": table[TARGET] < 2.5,
        "the distance is not above 0": table["distance"] <= 0,
        "a place is not in or around New York": ~around_new_york(table),
        "the trip is faster than 90 miles an hour": table["distance"] > 90 * hours,
    }
    keep, dropped = pd.Series(True, index=table.index), {}
    for reason, wrong in reasons.items():
        dropped[reason] = int((keep & wrong).sum())
        keep &= ~wrong
    clean = table[keep].reset_index(drop=True)
    return clean.astype({name: "int64" for name in whole}), dropped, table.index[keep]


def around_new_york(table: pd.DataFrame) -> pd.Series:
    inside = pd.Series(True, index=table.index)
    for end in ("pickup", "dropoff"):
        inside &= table[f"{end}_latitude"].between(40.3, 41.3) & table[f"{end}_longitude"].between(-74.7, -72.8)
    return inside


def retrieved(folder: Path, rows: int) -> pd.DataFrame:
    """The features of each row, by its number. A feature may be null: nothing was known then."""
    spec = folder / RETRIEVAL_SPEC
    if not spec.is_file():
        raise StepError(f"--retrieved {folder} has no {RETRIEVAL_SPEC}.")
    names = [line.split(":", 1)[1].strip() for line in spec.read_text(encoding="utf-8").splitlines()
             if line.strip(" -").startswith("feature_name:")]
    table = pd.read_parquet(folder / "data")
    missing = [name for name in ["trip", *names] if name not in table.columns]
    if missing:
        raise StepError(f"--retrieved {folder} lacks the column {', '.join(missing)}.")
    table = table.set_index(pd.to_numeric(table["trip"]).astype("int64"))[names]
    if not table.index.is_unique or set(range(rows)) - set(table.index):
        raise StepError(f"--retrieved {folder} does not have one row for each of the {rows} trips.")
    return table.astype("float64")


def split(table: pd.DataFrame, validation_share: float, test_share: float) -> dict[str, pd.DataFrame]:
    """By a hash of each row's own values: a row keeps its part when data is added or the seed changes.

    So a champion trained earlier has not seen the rows on which a candidate is compared with it.
    """
    lot = pd.util.hash_pandas_object(table.astype("float64"), index=False) % 1_000_000 / 1_000_000
    test, validation = lot < test_share, (lot >= test_share) & (lot < test_share + validation_share)
    return {"train": table[~test & ~validation], "validation": table[validation], "test": table[test]}


def run(args: argparse.Namespace) -> None:
    files = raw_files(Path(args.raw_data))
    raw = pd.concat([read_csv(path, COLUMNS) for path in files], ignore_index=True)
    table, dropped, kept = usable(raw)
    why = "; ".join(f"{count} because {reason}" for reason, count in dropped.items() if count)
    print(f"read {len(raw)} rows from {', '.join(path.name for path in files)}; "
          f"dropped {len(raw) - len(table)}{': ' + why if why else ''}")
    if len(table) < LEAST_ROWS:
        raise StepError(f"only {len(table)} of {len(raw)} rows are usable, at least {LEAST_ROWS} are needed"
                        f"{' (' + why + ')' if why else ''}.")
    parts = split(table, args.validation_share, args.test_share)
    out = Path(args.prepared_data)
    out.mkdir(parents=True, exist_ok=True)
    if args.retrieved:
        features = retrieved(Path(args.retrieved), len(raw)).loc[kept].reset_index(drop=True)
        parts = {name: part.join(features) for name, part in parts.items()}
        (out / RETRIEVED).write_text("\n".join(features.columns) + "\n", encoding="utf-8")
        shutil.copyfile(Path(args.retrieved) / RETRIEVAL_SPEC, out / RETRIEVAL_SPEC)
        print(f"{', '.join(features.columns)} from the feature store")
    for name, part in parts.items():
        part.to_csv(out / f"{name}.csv", index=False, lineterminator="\n")
    rows = {name: len(part) for name, part in parts.items()}
    summary = {"files": [path.name for path in files], "rows_read": len(raw), "dropped": dropped, "rows": rows}
    (out / "prep.json").write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
    print(", ".join(f"{count} rows to {name}" for name, count in rows.items()))


def share(text: str) -> float:
    value = float(text)
    if not 0 < value <= 0.4:
        raise argparse.ArgumentTypeError("a share lies above 0 and is at most 0.4")
    return value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--raw_data", required=True, help="folder with the raw trips, or one CSV file")
    parser.add_argument("--prepared_data", required=True, help="folder to write the three parts to")
    parser.add_argument("--retrieved", default=None, help="folder that the component feature_retrieval wrote")
    parser.add_argument("--validation_share", type=share, default=0.15)
    parser.add_argument("--test_share", type=share, default=0.15)
    try:
        run(parser.parse_args())
    except StepError as error:
        sys.exit(f"prep_data: {error}")


if __name__ == "__main__":
    main()
