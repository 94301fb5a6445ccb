"""What a project holds: its job files, and what they expect in the workspace before they can run."""

import re
from pathlib import Path

import yaml

JOB = re.compile(r"(command|pipeline|sweep|spark|automl\w*|import|finetuning\w*|data_?transfer)_?job(\.schema)?\.json", re.I)
ASSET = re.compile(r"(data|environment|model|\w*component)(\.schema)?\.json", re.I)
DEPLOYMENT = re.compile(r"(batch|modelbatch|pipelinecomponentbatch)deployment(\.schema)?\.json", re.I)
ENDPOINT = re.compile(r"batchendpoint(\.schema)?\.json", re.I)
NAMED = re.compile(r"azureml:(?!//)([A-Za-z0-9._-]+)")
CREATE = re.compile(r"az ml data create (.*)")


class Loader(yaml.SafeLoader):
    """Takes any tag: files of CI systems lie beside those of Azure ML."""


Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


class File:
    """A YAML file of Azure ML: what it is, and what it says."""

    def __init__(self, path, content):
        self.path = path
        self.content = content
        self.kind = kind(content)


def kind(content):
    schema = str(content.get("$schema", "")).rsplit("/", 1)[-1]
    for name, pattern in (("job", JOB), ("deployment", DEPLOYMENT), ("endpoint", ENDPOINT)):
        if pattern.fullmatch(schema):
            return name
    asset = ASSET.fullmatch(schema)
    if asset:
        return "component" if "component" in asset[1].lower() else asset[1].lower()
    if schema:
        return None
    job = {"pipeline": "jobs", "sweep": "trial", "command": "command"}.get(content.get("type"))
    return "job" if job in content and {"compute", "experiment_name", "settings"} & set(content) else None


def files(project, folders):
    """All YAML files of Azure ML below these folders."""
    for folder in folders:
        for path in sorted(Path(project, folder).rglob("*.y*ml")):
            if ".github" in path.parts or path.is_symlink() or path.suffix not in (".yml", ".yaml"):
                continue
            try:
                content = yaml.load(path.read_text(encoding="utf-8-sig"), Loader)
            except (yaml.YAMLError, UnicodeDecodeError, OSError):
                continue
            if isinstance(content, dict) and kind(content):
                yield File(path, content)


def strings(value, key=""):
    if isinstance(value, dict):
        for k, v in value.items():
            yield from strings(v, k)
    elif isinstance(value, list):
        for v in value:
            yield from strings(v, key)
    elif isinstance(value, str):
        yield key, value


def expected(project, found):
    """Computes and assets that files name, in the order in which they can be made: from files of the project that define
    them, or from an `az ml data create --name … --path …` of its scripts."""
    computes, assets = set(), set()
    for file in found:
        for key, text in strings(file.content):
            for name in NAMED.findall(text):
                (computes if key in ("compute", "default_compute", "target") else assets).add(name)
    things = [{"kind": "compute", "name": name} for name in sorted(computes)]
    made = set()
    for kind in ("environment", "data", "model", "component"):
        for file in found:
            name = str(file.content.get("name", ""))
            if file.kind == kind and name in assets and (kind, name) not in made:
                made.add((kind, name))
                things.append({"kind": kind, "name": name, "file": str(file.path)})
    things += [t for t in created(project) if t["name"] in assets and ("data", t["name"]) not in made]
    return things


def created(project):
    for script in sorted(Path(project).rglob("*")):
        if script.suffix not in (".sh", ".md", ".azcli", ".yml", ".ps1") or not script.is_file():
            continue
        text = script.read_text(encoding="utf-8", errors="replace").replace("\\\n", " ").replace("`\n", " ")
        for line in CREATE.findall(text):
            options = dict(re.findall(r"--(\w+)[ =]+['\"]?([^'\" ]+)", line))
            path = options.get("path", "")
            for start in (script.parent, Path(project)):
                if options.get("name") and path and Path(start, path).exists():
                    yield {
                        "kind": "folder",
                        "name": options["name"],
                        "path": str(Path(start, path)),
                        "type": options.get("type", "uri_folder"),
                    }
                    break
