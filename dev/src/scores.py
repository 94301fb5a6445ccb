"""How good predictions are. Rounded, so that the same model gives the same numbers on any machine."""

from __future__ import annotations

import numpy as np

DIGITS = 6


def scores(real: np.ndarray, predicted: np.ndarray) -> dict[str, float]:
    """r2 (share of the variance explained), rmse and mae (both in dollars)."""
    real, error = np.asarray(real), np.asarray(predicted) - np.asarray(real)
    spread = float(np.sum((real - real.mean()) ** 2))
    lost = float(np.sum(error**2))
    r2 = 1 - lost / spread if spread else float(lost == 0)  # all fares equal: there is nothing to explain
    values = {"r2": r2, "rmse": float(np.sqrt(np.mean(error**2))), "mae": float(np.mean(np.abs(error)))}
    return {name: round(value, DIGITS) for name, value in values.items()}
