"""Splits the rows of an MLTable into the mini batches of a parallel step of the embedded Azure.

    table.py TABLE TARGET SIZE [KEY ...]

Each mini batch becomes a file in TARGET, named by its number from 0, and a line on stdout with how many rows it has.
It holds SIZE bytes of rows, or, with keys, the rows that have the same values in these columns.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SAMPLE = 1000  # rows whose size stands for that of all


def main(folder: str, target: str, size: str, *keys: str) -> None:
    counts = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print is for the log
    batches = by_keys(table(folder), list(keys)) if keys else by_size(table(folder), int(size))
    found = False
    os.makedirs(target)
    for number, (rows, partition) in enumerate(batches):
        content = {"rows": rows.reset_index(drop=True), "partition": partition}
        Path(target, str(number)).write_bytes(pickle.dumps(content))
        counts.write(f"{len(rows)}\n")
        found = True
    counts.close()
    if not found:
        sys.exit("The mltable has no rows.")


def table(folder: str) -> Any:
    try:
        import mltable
        import pandas  # noqa: F401  mltable needs it for rows, and does not require it
    except ImportError as error:
        sys.exit(f"{error}. Rows are read by the packages mltable and pandas: name both in the environment of the task.")
    return mltable.load(folder)


def by_keys(source: Any, keys: list[str]) -> Iterator[tuple[Any, dict[str, Any]]]:
    there = list(source.partition_keys)
    missing = [key for key in keys if key not in there]
    if missing:
        sys.exit(
            f"The mltable is not partitioned by {', '.join(missing)} (partition_keys). Its keys are those of "
            f"extract_columns_from_partition_format in its file MLTable: {', '.join(there) or 'none'}."
        )
    for _, rows in source.to_pandas_dataframe().groupby(keys, dropna=False):
        yield rows, {key: rows[key].iloc[0] for key in keys}


def by_size(source: Any, size: int) -> Iterator[tuple[Any, dict[str, Any]]]:
    rows = source.to_pandas_dataframe()
    sample = rows.head(SAMPLE)
    written = len(sample.to_csv(header=False, index=False).encode())
    count = max(1, size * len(sample) // max(1, written))
    for start in range(0, len(rows), count):
        yield rows.iloc[start : start + count], {}


if __name__ == "__main__":
    main(*sys.argv[1:])
