"""The model folder: MLflow's scikit-learn layout, written and read without MLflow.

https://mlflow.org/docs/latest/ml/model/#storage-format documents it. MLflow loads the folder, Azure shows its
signature, and whoever has neither follows `flavors.sklearn.pickled_model` in the file MLmodel.

Nothing in it is random or dated: the same data, parameters and package versions give the same bytes.
"""

from __future__ import annotations

import json
import pickle
import platform
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

from taxi import FEATURES, FRACTIONS, StepError

PICKLE = "model.pkl"
PACKAGES = ["scikit-learn", "pandas", "numpy", "scipy"]


def write(folder: Path, model: Any, metadata: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    requirements = [f"{package}=={version(package)}" for package in PACKAGES]
    files = {
        "MLmodel": mlmodel(list(model.feature_names_in_), metadata),
        "requirements.txt": "".join(line + "\n" for line in ["mlflow", *requirements]),
        "conda.yaml": conda(requirements),
        "python_env.yaml": f"python: {platform.python_version()}\n"
                           "build_dependencies:\n- pip\n- setuptools\n- wheel\n"
                           "dependencies:\n- -r requirements.txt\n",
    }
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    (folder / PICKLE).write_bytes(pickle.dumps(model, protocol=5))


def mlmodel(columns: list[str], metadata: dict[str, Any]) -> str:
    types = [{"type": "long" if name in FEATURES and name not in FRACTIONS else "double", "name": name,
              "required": True} for name in columns]
    prediction = [{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1]}}]
    return f"""\
flavors:
  python_function:
    env:
      conda: conda.yaml
      virtualenv: python_env.yaml
    loader_module: mlflow.sklearn
    model_path: {PICKLE}
    predict_fn: predict
    python_version: {platform.python_version()}
  sklearn:
    code: null
    pickled_model: {PICKLE}
    serialization_format: pickle
    sklearn_version: {version("scikit-learn")}
metadata: {json.dumps(metadata)}
signature:
  inputs: '{json.dumps(types)}'
  outputs: '{json.dumps(prediction)}'
  params: null
"""


def conda(requirements: list[str]) -> str:
    pip = "".join(f"  - {line}\n" for line in ["mlflow", *requirements])
    return (f"channels:\n- conda-forge\ndependencies:\n- python={platform.python_version()}\n- pip\n- pip:\n{pip}"
            "name: mlflow-env\n")


def load(folder: Path) -> Any:
    """The model in this folder, or in the one folder below it that has an MLmodel file."""
    found = sorted(folder.rglob("MLmodel"), key=lambda path: (len(path.parts), path))
    if not found:
        raise StepError(f"{folder} holds no model: there is no MLmodel file in it.")
    flavor = sklearn_flavor(found[0])
    path = (found[0].parent / flavor["pickled_model"]).resolve()
    if found[0].parent.resolve() not in path.parents:
        raise StepError(f"{found[0]} names a pickled_model outside its own folder: {flavor['pickled_model']}.")
    try:
        return pickle.loads(path.read_bytes())
    except Exception as error:  # unpickling runs the model's own classes: whatever they raise means the same here
        raise StepError(f"{path} cannot be loaded: {type(error).__name__}: {error}. It was written with scikit-learn "
                        f"{flavor.get('sklearn_version', '?')}, here is {version('scikit-learn')}.") from error


def sklearn_flavor(mlmodel_file: Path) -> dict[str, str]:
    """The keys below `flavors: sklearn:`. Plain text is enough for them, so no YAML library is needed."""
    text = mlmodel_file.read_text(encoding="utf-8")
    block = re.search(r"^  sklearn:\s*\n((?:    .*\n?)+)", text, re.MULTILINE)
    keys = dict(re.findall(r"^    (\w+):\s*['\"]?(.*?)['\"]?\s*$", block[1], re.MULTILINE)) if block else {}
    if keys.get("serialization_format", "pickle") not in ("pickle", "cloudpickle") or "pickled_model" not in keys:
        raise StepError(f"{mlmodel_file} names no scikit-learn model in the format pickle or cloudpickle.")
    return keys
