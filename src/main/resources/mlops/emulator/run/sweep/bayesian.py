"""Chooses the trials of a sweep by optuna's tree-structured Parzen estimator, for the embedded Azure.

Speaks JSON, one message a line, and answers each:

    in   {"ask": true}                          out  {"trial": 0, "point": [0.25, 0.9]}
    in   {"tell": 0, "value": 1.5}              out  {}        without "value" the trial failed

A point has a number from 0 to below 1 for each parameter. The arguments are minimize or maximize, a seed or nothing, and
for each parameter the number of its choices, 0 for a continuous one.
"""

from __future__ import annotations

import json
import sys

import optuna
from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution
from optuna.trial import Trial, TrialState


def main(direction: str, seed: str, sizes: list[int]) -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    sampler = optuna.samplers.TPESampler(seed=int(seed) if seed else None, constant_liar=True)
    study = optuna.create_study(direction=direction, sampler=sampler)
    space: dict[str, BaseDistribution] = {str(i): distribution(size) for i, size in enumerate(sizes)}
    trials: dict[int, Trial] = {}
    for line in sys.stdin:
        message = json.loads(line)
        answer: dict[str, object] = {}
        if "tell" in message:
            told = trials.pop(message["tell"])
            value = message.get("value")
            study.tell(told, value, state=TrialState.FAIL if value is None else None)
        else:
            trial = study.ask(space)
            trials[trial.number] = trial
            point = [coordinate(size, trial.params[str(i)]) for i, size in enumerate(sizes)]
            answer = {"trial": trial.number, "point": point}
        print(json.dumps(answer), flush=True)


def distribution(size: int) -> BaseDistribution:
    return CategoricalDistribution(list(range(size))) if size else FloatDistribution(0, 1)


def coordinate(size: int, value: float) -> float:
    """A choice is the middle of its part of the line."""
    return (value + 0.5) / size if size else min(value, 1 - 1e-12)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], [int(size) for size in sys.argv[3:]])
