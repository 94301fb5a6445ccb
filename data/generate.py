"""Makes the sample's data: taxi trips that never happened, priced by New York's public fare rules.

    python data/generate.py              writes taxi-data.csv, taxi-batch.csv and taxi-request.json beside this file,
                                         zone-trips.csv and zone-observations.csv for the features
    python data/generate.py --rows 200   a smaller training file

The same seed gives the same bytes. Only the standard library is used, so any Python 3.9 or newer will do.

What is made up: who travels from where to where, when, how fast, and how noisy the recorder is.
What is not: the price. `cost` is what the passenger pays without tip and tolls, by the rules of the Taxi and
Limousine Commission as they stood in 2015:

    initial charge                                  2.50
    every 1/5 mile above 12 miles an hour           0.50
    every 60 seconds standing or slower than that   0.50
    between Manhattan and JFK, whatever the route  52.00 flat
    to Newark airport                              17.50 on top
    night, 20:00 to 06:00                           0.50
    rush hour, weekdays 16:00 to 20:00              1.00
    state tax (MTA)                                 0.50
    improvement surcharge                           0.30

Weekdays count from Sunday = 0. Training trips are from January to June, the batch and the request from July, which
the model has not seen. zone-trips.csv has both: a fare is known as soon as its trip has ended. The last columns of the
batch (trip, zone, event_time) are for models that want features of the zone when a trip begins; others pass over them.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Iterator, NamedTuple

CLOCK = [f"{end}_{part}" for end in ("pickup", "dropoff")
         for part in ("weekday", "month", "monthday", "hour", "minute", "second")]
TRAINING_COLUMNS = ["distance", "dropoff_latitude", "dropoff_longitude", "passengers", "pickup_latitude",
                    "pickup_longitude", "store_forward", "vendor", *CLOCK]
BATCH_COLUMNS = [name for name in TRAINING_COLUMNS if name not in ("store_forward", "vendor")]
BATCH_COLUMNS += ["store_forward", "vendor"]


class Zone(NamedTuple):
    """A part of the city: its middle, how far it spreads (miles), and how many trips start and end there."""

    name: str
    latitude: float
    longitude: float
    spread: float
    pickups: float
    dropoffs: float
    manhattan: bool = False


ZONES = [
    Zone("Financial District", 40.7080, -74.0110, 0.45, 6, 6, True),
    Zone("Greenwich Village", 40.7330, -73.9990, 0.55, 11, 10, True),
    Zone("Chelsea", 40.7450, -73.9960, 0.50, 11, 10, True),
    Zone("Midtown", 40.7570, -73.9800, 0.60, 22, 19, True),
    Zone("Upper East Side", 40.7740, -73.9580, 0.60, 15, 14, True),
    Zone("Upper West Side", 40.7860, -73.9750, 0.60, 10, 10, True),
    Zone("Harlem", 40.8100, -73.9480, 0.80, 4, 5, True),
    Zone("Washington Heights", 40.8420, -73.9380, 0.70, 1, 2, True),
    Zone("Williamsburg", 40.7140, -73.9560, 0.60, 3.5, 4, False),
    Zone("Downtown Brooklyn", 40.6900, -73.9850, 0.60, 3, 3.5, False),
    Zone("Park Slope", 40.6710, -73.9790, 0.70, 1.5, 2.5, False),
    Zone("Bushwick", 40.6960, -73.9210, 0.80, 1, 2, False),
    Zone("Flatbush", 40.6400, -73.9600, 1.10, 0.6, 1.5, False),
    Zone("Astoria", 40.7640, -73.9230, 0.80, 2.5, 3, False),
    Zone("Jackson Heights", 40.7490, -73.8850, 0.90, 1, 2, False),
    Zone("Flushing", 40.7620, -73.8320, 1.00, 0.3, 0.9, False),
    Zone("South Bronx", 40.8260, -73.9200, 0.90, 0.6, 1.3, False),
    Zone("LaGuardia", 40.7740, -73.8730, 0.25, 3.2, 2.4, False),
    Zone("JFK", 40.6450, -73.7850, 0.35, 2.6, 1.7, False),
    Zone("Newark", 40.6900, -74.1780, 0.25, 0.0, 0.35, False),
]

# Trips by hour of the day, and the speed of traffic (miles an hour) on a short trip.
WEEKDAY_TRIPS = [22, 14, 9, 6, 6, 8, 19, 33, 42, 42, 39, 40, 42, 42, 44, 43, 38, 46, 57, 58, 53, 50, 46, 36]
WEEKEND_TRIPS = [50, 46, 40, 31, 19, 9, 9, 12, 19, 28, 35, 40, 43, 44, 43, 43, 41, 44, 49, 48, 43, 42, 44, 42]
WEEKDAY_SPEED = [16, 17, 18, 19, 20, 19, 15, 11, 9, 8.6, 8.8, 8.6,
                 8.4, 8.6, 8.5, 8.8, 9.2, 9, 9.2, 10, 11, 12, 13, 14]
WEEKEND_SPEED = [13, 13, 14, 15, 17, 19, 19, 18, 16, 14, 13, 12,
                 11, 11, 10.5, 10.5, 10.5, 10.5, 11, 11, 11.5, 12, 12, 13]
MILES_PER_DEGREE = (69.0, 52.3)  # of latitude, and of longitude at New York's latitude
PARTIES = ([1, 2, 3, 4, 5, 6], [71, 14, 4, 2, 5.5, 3.5])


class Trip(NamedTuple):
    """One row: what the recorder in the cab wrote, and what was paid."""

    cost: float
    values: dict[str, float]
    zone: str
    pickup: datetime
    minutes: float


def weekend(moment: datetime) -> bool:
    return moment.weekday() >= 5


def some_moment(rng: random.Random, first: datetime, days: int) -> datetime:
    day = first + timedelta(days=rng.randrange(days))
    hour = rng.choices(range(24), WEEKEND_TRIPS if weekend(day) else WEEKDAY_TRIPS)[0]
    return day + timedelta(hours=hour, seconds=rng.randrange(3600))


def some_place(rng: random.Random, zone: Zone) -> tuple[float, float]:
    north, east = (rng.gauss(0, zone.spread / 2) for _ in MILES_PER_DEGREE)
    return zone.latitude + north / MILES_PER_DEGREE[0], zone.longitude + east / MILES_PER_DEGREE[1]


def miles_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """As the crow flies; the city is small enough to be flat."""
    return math.hypot(*((a - b) * scale for a, b, scale in zip(one, other, MILES_PER_DEGREE)))


def some_destination(rng: random.Random, start: Zone) -> Zone:
    """People mostly stay near: a zone's pull fades with its distance, except to and from an airport."""
    def pull(zone: Zone) -> float:
        far = miles_between((start.latitude, start.longitude), (zone.latitude, zone.longitude))
        airport = {"LaGuardia", "JFK", "Newark"} & {start.name, zone.name}
        return 0 if airport and zone == start else zone.dropoffs * math.exp(-far / (9 if airport else 1.6))

    return rng.choices(ZONES, [pull(zone) for zone in ZONES])[0]


def some_speed(rng: random.Random, moment: datetime, miles: float) -> float:
    """Miles an hour from door to door: the hour's traffic, faster on long trips (highways), never the same twice."""
    hourly = (WEEKEND_SPEED if weekend(moment) else WEEKDAY_SPEED)[moment.hour]
    highway = 1 + 0.075 * min(miles, 14)
    return min(45.0, max(2.5, hourly * highway * rng.lognormvariate(0, 0.22)))


def metered(rng: random.Random, miles: float, minutes: float) -> float:
    """The meter: 50 cents a unit, which is a fifth of a mile when driving, or a minute when slow or standing."""
    moving = min(45.0, max(15.0, miles / minutes * 60 * 1.45))
    slow_minutes = max(0.0, minutes - miles / moving * 60) * rng.uniform(0.6, 1.1)
    return 2.50 + 0.50 * math.floor(5 * miles + slow_minutes)


def price(rng: random.Random, start: Zone, end: Zone, moment: datetime, miles: float, minutes: float) -> float:
    jfk = "JFK" in (start.name, end.name) and (start.manhattan or end.manhattan)
    fare = 52.0 if jfk else metered(rng, miles, minutes)
    fare += 17.50 if end.name == "Newark" else 0
    fare += 0.50 if moment.hour >= 20 or moment.hour < 6 else 0
    fare += 1.00 if 16 <= moment.hour < 20 and not weekend(moment) and not jfk else 0
    return fare + 0.50 + 0.30


def clock(end: str, moment: datetime) -> dict[str, int]:
    weekday = (moment.weekday() + 1) % 7
    parts = (weekday, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    return dict(zip((name for name in CLOCK if name.startswith(end)), parts))


def some_trip(rng: random.Random, first: datetime, days: int) -> Trip:
    start = rng.choices(ZONES, [zone.pickups for zone in ZONES])[0]
    end = some_destination(rng, start)
    pickup, dropoff = some_place(rng, start), some_place(rng, end)
    moment = some_moment(rng, first, days)
    miles = max(0.2, miles_between(pickup, dropoff) * rng.uniform(1.15, 1.50) + rng.expovariate(8))
    minutes = max(0.8, miles / some_speed(rng, moment, miles) * 60 + rng.expovariate(1.5))
    cost = price(rng, start, end, moment, miles, minutes)
    cost, minutes = mishap(rng, cost, minutes)
    vendor = rng.choices([1, 2], [34, 66])[0]
    values = {
        "distance": round(miles, 1 if vendor == 1 else 2),  # one of the two vendors records tenths of a mile
        "dropoff_latitude": round(dropoff[0], 6), "dropoff_longitude": round(dropoff[1], 6),
        "pickup_latitude": round(pickup[0], 6), "pickup_longitude": round(pickup[1], 6),
        "passengers": rng.choices(*PARTIES)[0],
        "store_forward": int(vendor == 1 and rng.random() < 0.015),
        "vendor": vendor,
        **clock("pickup", moment), **clock("dropoff", moment + timedelta(minutes=minutes)),
    }
    return Trip(round(cost, 2), values, start.name, moment, minutes)


def mishap(rng: random.Random, cost: float, minutes: float) -> tuple[float, float]:
    """Real data is not clean: a negotiated fare now and then, and a meter that was left running."""
    luck = rng.random()
    if luck < 0.018:
        return float(max(3, round(cost * rng.uniform(0.5, 2.2)))) + 0.80, minutes
    if luck < 0.022:
        return cost, minutes + rng.uniform(60, 600)
    return cost, minutes


def trips(seed: str, count: int, first: datetime, days: int) -> Iterator[Trip]:
    rng = random.Random(seed)  # a generator of its own for each file: one file's size does not change another
    return (some_trip(rng, first, days) for _ in range(count))


def instant(moment: datetime) -> str:
    """Whole seconds, as if New York were in UTC: the same hour of the clock on every day of the year."""
    return moment.replace(microsecond=0).isoformat() + "Z"


def write_zones(folder: Path, training: list[Trip], batch: list[Trip]) -> None:
    """All trips once more, for features by zone: a fare is known when the trip ends, asked for when it begins."""
    write_csv(folder / "zone-trips.csv", ["zone", "event_time", "fare", "speed"],
              ([trip.zone, instant(trip.pickup + timedelta(minutes=trip.minutes)), trip.cost,
                round(trip.values["distance"] / trip.minutes * 60, 1)] for trip in training + batch))
    write_csv(folder / "zone-observations.csv", ["trip", "zone", "event_time"],
              ([n, trip.zone, instant(trip.pickup)] for n, trip in enumerate(training)))


def write_csv(path: Path, header: list[str], rows: Iterator[list]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000, help="trips to train with (default 10000)")
    parser.add_argument("--batch_rows", type=int, default=1_500, help="trips to score (default 1500)")
    parser.add_argument("--seed", type=int, default=2015)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder (default: beside this file)")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)

    winter, july = datetime(2015, 1, 1), datetime(2015, 7, 1)
    training = list(trips(f"training-{args.seed}", args.rows, winter, 181))
    write_csv(args.out / "taxi-data.csv", ["", "cost", *TRAINING_COLUMNS],
              ([n, trip.cost, *(trip.values[name] for name in TRAINING_COLUMNS)] for n, trip in enumerate(training)))
    batch = list(trips(f"batch-{args.seed}", args.batch_rows, july, 31))
    write_zones(args.out, training, batch)
    write_csv(args.out / "taxi-batch.csv", [*BATCH_COLUMNS, "trip", "zone", "event_time"],
              ([*(trip.values[name] for name in BATCH_COLUMNS), n, trip.zone, instant(trip.pickup)]
               for n, trip in enumerate(batch)))
    request = [[trip.values[name] for name in TRAINING_COLUMNS]
               for trip in trips(f"request-{args.seed}", 2, july, 31)]
    rows = ",\n                ".join(json.dumps(row) for row in request)
    (args.out / "taxi-request.json").write_text('{"input_data": [' + rows + "]\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
