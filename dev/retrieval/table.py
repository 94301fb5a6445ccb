"""Writes what Azure's component feature_retrieval wrote as one CSV file, for a batch deployment to score.

    python table.py --retrieved DIR --table DIR

Spark writes Parquet, in as many files and in whatever order it likes. The column `trip`, the number of each row in what
was to be scored, says where it belongs: the same rows come out in the same order, so that test and prod can be compared.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

ORDER = "trip"
FILE = "trips.csv"


def run(retrieved: Path, out: Path) -> None:
    if not (retrieved / "data").is_dir():
        sys.exit(f"write_table: --retrieved {retrieved} has no folder data.")
    table = pd.read_parquet(retrieved / "data")
    if ORDER not in table.columns:
        sys.exit(f"write_table: what is to be scored lacks the column {ORDER}, the number of each row;"
                 f" it has {', '.join(table.columns)}.")
    table = table.sort_values(ORDER, kind="stable")
    if not table[ORDER].is_unique:
        sys.exit(f"write_table: the column {ORDER} has a number twice; each row needs one of its own.")
    out.mkdir(parents=True, exist_ok=True)
    table.to_csv(out / FILE, index=False, lineterminator="\n")
    print(f"{len(table)} rows with {', '.join(table.columns)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--retrieved", type=Path, required=True, help="folder that the component feature_retrieval wrote")
    parser.add_argument("--table", type=Path, required=True, help="folder to write trips.csv to")
    args = parser.parse_args()
    run(args.retrieved, args.table)


if __name__ == "__main__":
    main()
