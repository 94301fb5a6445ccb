"""The taxi table: its columns and how it is read. Every step speaks of the same columns through this file."""

from __future__ import annotations

from pathlib import Path
from typing import Iterable

import pandas as pd

TARGET = "cost"
PLACES = ["distance", "dropoff_latitude", "dropoff_longitude", "passengers", "pickup_latitude", "pickup_longitude",
          "store_forward", "vendor"]
CLOCK = [f"{end}_{part}" for end in ("pickup", "dropoff")
         for part in ("weekday", "month", "monthday", "hour", "minute", "second")]
FEATURES = PLACES + CLOCK  # the order of taxi-request.json
FRACTIONS = {TARGET, "distance", "dropoff_latitude", "dropoff_longitude", "pickup_latitude", "pickup_longitude"}

# Files of the prepared data where there are features of a feature store: their names, and where Azure has them from.
RETRIEVED = "features.txt"
RETRIEVAL_SPEC = "feature_retrieval_spec.yaml"

# How long the trip took is what the meter counts, yet the data only has two clocks. A trip is taken to last less
# than a day, which is why midnight and the end of a month need no date arithmetic.
TRIP_MINUTES = ("trip_minutes = ((dropoff_hour - pickup_hour) * 60 + (dropoff_minute - pickup_minute)"
                " + (dropoff_second - pickup_second) / 60) % 1440")


class StepError(Exception):
    """Something the user can put right; shown as one sentence, without a stack trace."""


def read_csv(path: Path, needed: Iterable[str]) -> pd.DataFrame:
    """The needed columns of a CSV file, in that order. Any other column is ignored, an unnamed index among them."""
    needed = list(needed)
    try:
        table = pd.read_csv(path, encoding="utf-8-sig")
    except FileNotFoundError:
        raise StepError(f"{path} does not exist.") from None
    except pd.errors.EmptyDataError:
        raise StepError(f"{path} is empty: not even a header line.") from None
    except (pd.errors.ParserError, UnicodeDecodeError) as error:
        raise StepError(f"{path} cannot be read as CSV: {error}") from None
    missing = [name for name in needed if name not in table.columns]
    if missing:
        if len(table.columns) == 1 and any(mark in str(table.columns[0]) for mark in ";\t|"):
            raise StepError(f"{path} is not separated by commas; its first line is: {table.columns[0]}")
        raise StepError(f"{path} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)};"
                        f" it has {', '.join(map(str, table.columns))}.")
    return table[needed]


def read_part(prepared_data: str, part: str) -> tuple[pd.DataFrame, pd.Series]:
    """Features and target of one part (train, validation or test) that the prep step wrote.

    Where prep got features of a feature store, it lists them in features.txt, and they come behind the others.
    """
    listed = Path(prepared_data) / RETRIEVED
    retrieved = listed.read_text(encoding="utf-8").split() if listed.is_file() else []
    columns = [*FEATURES, *retrieved]
    table = read_csv(Path(prepared_data) / f"{part}.csv", [TARGET, *columns])
    return table[columns], table[TARGET]
