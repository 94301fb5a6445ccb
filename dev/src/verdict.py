"""The gate: may this model be registered? The rules, what was measured, and the file that carries the answer.

deploy_flag.json:

    {"verdict": "yes" | "no",
     "sentence": "why, in words",
     "rules": [{"rule": "r2_min", "metric": "r2", "measured": 0.98, "limit": 0.7, "ok": true, "text": "..."}, ...],
     "candidate": {"r2": ..., "rmse": ..., "mae": ...},
     "champion": the same, or null without one,
     "champion_rule": "not-worse" | "none"}
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any, Dict, Optional

FILE = "deploy_flag.json"
NO_LIMIT = "none"
NOT_WORSE = "not-worse"
Scores = Dict[str, float]


def limit(text: str) -> Optional[float]:
    """A number, or `none` when the rule is not asked for."""
    if text.strip().lower() in (NO_LIMIT, ""):
        return None
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is no limit")
    return value


def at_least(rule: str, metric: str, measured: float, bound: float) -> dict[str, Any]:
    ok = measured >= bound
    return judged(rule, metric, measured, bound, ok, "is at least" if ok else "is below the least allowed,")


def at_most(rule: str, metric: str, measured: float, bound: float) -> dict[str, Any]:
    ok = measured <= bound
    return judged(rule, metric, measured, bound, ok, "is at most" if ok else "is above the most allowed,")


def not_worse(candidate: Scores, champion: Scores) -> dict[str, Any]:
    measured, bound = candidate["rmse"], champion["rmse"]
    ok = measured <= bound  # the same model measures the same, so an equal one passes
    return judged("champion", "rmse", measured, bound, ok,
                  "is not worse than the champion's" if ok else "is worse than the champion's")


def judged(rule: str, metric: str, measured: float, bound: float, ok: bool, relation: str) -> dict[str, Any]:
    return {"rule": rule, "metric": metric, "measured": measured, "limit": bound, "ok": ok,
            "text": f"{metric} {measured} {relation} {bound}"}


def decide(model_name: str, limits: dict[str, Optional[float]], champion_rule: str,
           candidate: Scores, champion: Optional[Scores]) -> dict[str, Any]:
    """`limits` has the keys r2_min, rmse_max and mae_max; a rule without a limit is not judged."""
    rules = []
    for name, bound in limits.items():
        metric, side = name.split("_")
        if bound is not None:
            rules.append((at_least if side == "min" else at_most)(name, metric, candidate[metric], bound))
    if champion is not None and champion_rule == NOT_WORSE:
        rules.append(not_worse(candidate, champion))
    failed = [rule["text"] for rule in rules if not rule["ok"]]
    if failed:
        sentence = f"{model_name} is refused: {'; '.join(failed)}."
    elif rules:
        sentence = f"{model_name} passes: {'; '.join(rule['text'] for rule in rules)}."
    else:
        sentence = f"{model_name} passes: no rule was set."
    return {"verdict": "no" if failed else "yes", "sentence": sentence, "rules": rules,
            "candidate": candidate, "champion": champion, "champion_rule": champion_rule}


def write(folder: Path, flag: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(json.dumps(flag, indent=2) + "\n", encoding="utf-8")


def read(folder: Path) -> dict[str, Any]:
    return json.loads((folder / FILE).read_text(encoding="utf-8"))
