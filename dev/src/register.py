"""Step 4, register_model: hands the model on to be registered, or ends in failure when the verdict is no.

    python register.py --model_path DIR --deploy_flag DIR --registered_model DIR [--model_name NAME]

It only copies files. What it writes to --registered_model becomes a version of the model because the pipeline gives
that output a name. Exit code 3 means refused by the gate, 1 that something is wrong.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

import verdict

REFUSED = 3


def copy(source: Path, target: Path) -> int:
    """File by file and without times or permissions, which a mounted datastore does not keep."""
    files = sorted(path for path in source.rglob("*") if path.is_file())
    for path in files:
        copied = target / path.relative_to(source)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copied)
    return len(files)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model_name", default="the model", help="what the messages call the model")
    parser.add_argument("--model_path", required=True, help="folder that train wrote")
    parser.add_argument("--deploy_flag", required=True, help="folder that evaluate wrote the verdict to")
    parser.add_argument("--registered_model", required=True, help="folder whose content becomes the model version")
    args = parser.parse_args()

    source, flag_folder = Path(args.model_path), Path(args.deploy_flag)
    if not (flag_folder / verdict.FILE).is_file():
        sys.exit(f"register_model: there is no verdict: {flag_folder / verdict.FILE} does not exist.")
    flag = verdict.read(flag_folder)
    if flag.get("verdict") != "yes":
        why = flag.get("sentence", "The verdict is not yes.")
        print(f"register_model: nothing is registered. {why}", file=sys.stderr)
        sys.exit(REFUSED)
    if not (source / "MLmodel").is_file():
        sys.exit(f"register_model: {source} is not a model folder: it has no MLmodel file.")
    count = copy(source, Path(args.registered_model))
    print(f"{flag['sentence']} {count} files handed on as {args.model_name}.")


if __name__ == "__main__":
    main()
