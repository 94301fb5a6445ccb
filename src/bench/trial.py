"""A trial of StepsBench: fits a model for a given learning rate, and logs its error by MLflow."""

from __future__ import annotations

import sys

import mlflow
import numpy
from sklearn.ensemble import GradientBoostingRegressor

random = numpy.random.default_rng(1)
table = random.random((4000, 6))
target = 3 * table[:, 0] + table[:, 1] ** 2
model = GradientBoostingRegressor(learning_rate=float(sys.argv[1]), n_estimators=200)
model.fit(table[:3000], target[:3000])
error = float(abs(model.predict(table[3000:]) - target[3000:]).mean())
with mlflow.start_run():
    mlflow.log_metric("error", error)
