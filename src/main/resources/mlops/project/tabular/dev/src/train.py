"""Trains a model of the prices of houses. What it logs to MLflow is what the gate in mlops.yml judges by."""

import argparse
from pathlib import Path

import mlflow
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import RandomForestRegressor
from sklearn.metrics import mean_absolute_error, r2_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

TARGET = "price"
WORDS = ["district"]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--trees", type=int, default=200)
    parser.add_argument("--model", type=Path, required=True)
    arguments = parser.parse_args()

    houses = pd.read_csv(arguments.data)
    train, test = train_test_split(houses, test_size=0.25, random_state=7)
    columns = [name for name in houses.columns if name != TARGET]
    model = make_pipeline(
        make_column_transformer(
            (OneHotEncoder(handle_unknown="ignore"), WORDS), remainder="passthrough"
        ),
        RandomForestRegressor(n_estimators=arguments.trees, random_state=7),
    )
    model.fit(train[columns], train[TARGET])

    predicted = model.predict(test[columns])
    mlflow.log_param("trees", arguments.trees)
    mlflow.log_metric("r2", r2_score(test[TARGET], predicted))
    mlflow.log_metric("mae", mean_absolute_error(test[TARGET], predicted))
    mlflow.sklearn.save_model(model, str(arguments.model))
    print(f"trained on {len(train)} houses, tested on {len(test)}")


if __name__ == "__main__":
    main()
