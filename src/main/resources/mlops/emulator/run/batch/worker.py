"""A worker of a batch scoring job of the embedded Azure.

Loads a scoring script as Azure does: `init()` once, then `run(mini_batch)` for each mini batch. Speaks JSON, one
message a line: a mini batch comes in on stdin, how it went goes out on stdout. What the script prints goes to stderr,
which is the log of the job.

    in   {"index": 0, "files": ["/path/a.csv"], "out": "/path/part"}    without "out" the results are only counted
         {"index": 0, "files": [...], "partition": {"store": "1"}, "out": ...}    those that have these keys
         {"index": 0, "table": "/path/rows", "out": "/path/part"}       rows, as table.py wrote them
    out  {"ready": true}                                        after init()
         {"ok": true, "items": 300, "failed": 0}  or  {"ok": false, "error": "ValueError: ..."}
"""

from __future__ import annotations

import importlib.util
import inspect
import json
import logging
import os
import pickle
import sys
import traceback
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, TextIO


def main(script: str, level: str, arguments: list[str]) -> None:
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    requests = os.fdopen(os.dup(0), "r", encoding="utf-8")
    os.dup2(2, 1)  # the script's own prints must not get among the replies
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    logging.basicConfig(level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        module = load(Path(script), level, arguments)
        module.init()
    except BaseException as error:  # also SystemExit: the script has ended, not this worker
        traceback.print_exc()
        send(replies, {"ready": False, "error": words(error)})
        return
    send(replies, {"ready": True})
    told: list[str] = []
    for line in requests:
        send(replies, score(module, json.loads(line), told))


def load(script: Path, level: str, arguments: list[str]) -> ModuleType:
    """The script as a module, with its own arguments and those that Azure gives it."""
    sys.argv = [str(script), *arguments, "--logging_level", level]
    sys.path.insert(0, str(script.parent))
    sys.path.insert(0, os.getcwd())
    spec = importlib.util.spec_from_file_location("scoring_script", script)
    if spec is None or spec.loader is None:
        raise ImportError(f"{script} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    for needed in ("init", "run"):
        if not callable(getattr(module, needed, None)):
            raise AttributeError(f"{script.name} has no function {needed}()")
    return module


def score(module: ModuleType, batch: dict[str, Any], told: list[str]) -> dict[str, Any]:
    try:
        rows = lines(module.run(*arguments(module.run, batch)))
        if "out" in batch:
            with open(batch["out"], "w", encoding="utf-8", newline="") as part:
                part.writelines(rows)
        failed = getattr(module, "FAILED_FILES", None)
        return {"ok": True, "items": len(rows), "failed": len(failed) if failed is not None else -1}
    except BaseException as error:
        tell(error, told)
        return {"ok": False, "error": words(error)}
    finally:
        sys.stdout.flush()


def arguments(run: Any, batch: dict[str, Any]) -> list[Any]:
    """What the script is given of a mini batch; one that takes a second argument is told which one it is."""
    items, partition = batch.get("files"), batch.get("partition", {})
    if "table" in batch:
        content = pickle.loads(Path(batch["table"]).read_bytes())
        items, partition = content["rows"], content["partition"]
    context = SimpleNamespace(minibatch_index=batch["index"], partition_key_value=partition)
    return [items, context] if arity(run) > 1 else [items]


def arity(function: Any) -> int:
    """How many arguments a function must be given by their place."""
    parameters = inspect.signature(function).parameters.values()
    return sum(p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) and p.default is p.empty for p in parameters)


def tell(error: BaseException, told: list[str]) -> None:
    """Logs where the script failed, once where it fails in the same way again and again; this file is left out."""
    frames = error.__traceback__.tb_next if error.__traceback__ else None
    text = "".join(traceback.format_exception(type(error), error, frames))
    if text not in told:
        told[:] = [text]
        sys.stderr.write(text)
        sys.stderr.flush()


def lines(result: Any) -> list[str]:
    """The rows of the output file: a DataFrame without header, its values separated by spaces, else an item a line."""
    if hasattr(result, "to_csv") and hasattr(result, "columns"):
        text: str = result.to_csv(sep=" ", header=False, index=False)  # pandas 1.5 renamed its line_terminator
        return text.replace(os.linesep, "\n").splitlines(keepends=True)
    if isinstance(result, (str, bytes, dict)) or not hasattr(result, "__iter__"):
        raise TypeError(f"run() must return a pandas DataFrame, a list or an array, not {type(result).__name__}")
    return [" ".join(str(item).splitlines()) + "\n" for item in result]


def words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def send(replies: TextIO, message: dict[str, Any]) -> None:
    replies.write(json.dumps(message) + "\n")
    replies.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
