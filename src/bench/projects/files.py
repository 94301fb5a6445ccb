"""What a project holds: its job files, and what they expect in the workspace before they can run."""

import re
from pathlib import Path

import yaml

JOB = re.compile(r"(command|pipeline|sweep|spark|automl\w*|import|finetuning\w*|data_?transfer)_?job(\.schema)?\.json", re.I)
ASSET = re.compile(r"(data|environment|model|\w*component)(\.schema)?\.json", re.I)
DEPLOYMENT = re.compile(r"(batch|modelbatch|pipelinecomponentbatch)deployment(\.schema)?\.json", re.I)
ENDPOINT = re.compile(r"batchendpoint(\.schema)?\.json", re.I)
BLANK = re.compile(r"<\s*[A-Za-z][\w :.-]*>|(?<!\$)\$\{[A-Z_]+\}")
PUBLIC = re.compile(r"(https?|wasbs?|abfss?)://")
NAMED = re.compile(r"azureml:(?!//)([A-Za-z0-9._-]+)")
COMPUTE = ("compute", "default_compute", "target")
STORED = re.compile(r"azureml://datastores/workspaceblobstore/paths/([\w./-]+)")
CREATE = re.compile(r"az ml (data|model) create (.*)")
INVOKE = re.compile(r"az ml batch-endpoint invoke (.*)")


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


def needs(file):
    """What a job plainly asks for that is not here: a GPU by the name of its compute, data of the public network, a value that
    the reader is to fill in."""
    found = set()
    for key, text in strings(file.content):
        if key in COMPUTE and re.search(r"gpu|NC\d|ND\d|v100|a100", text, re.I):
            found.add("GPU")
        if BLANK.search(text):
            found.add("missing")
        if key != "$schema" and remote(file.path.parent, text):
            found.add("network")
    return sorted(found)


def remote(folder, text):
    if PUBLIC.match(text):
        return True
    table = Path(folder, text[:200], "MLTable") if "\n" not in text else folder
    return table.name == "MLTable" and table.is_file() and PUBLIC.search(table.read_text(errors="replace")) is not None


def expected(project, found, folders):
    """Computes and assets that files name, in the order in which they can be made: from files of the project that define
    them, or from `az ml data create --name … --path …` (or `model`) of its scripts."""
    computes, assets = set(), set()
    for file in found:
        for key, text in strings(file.content):
            if key in COMPUTE:
                computes.update(re.findall(r"^(?:azureml:)?([A-Za-z][\w-]+)$", text))
            else:
                assets.update(NAMED.findall(text))
    things = [{"kind": "compute", "name": name} for name in sorted(computes)]
    made = set()
    for kind in ("environment", "data", "model", "component"):
        for file in found:
            name = str(file.content.get("name", ""))
            version = str(file.content.get("version", ""))
            if file.kind == kind and name in assets and (kind, name, version) not in made:
                made |= {(kind, name, version), (kind, name)}
                things.append({"kind": kind, "name": name, "file": str(file.path)})
    inside = tuple(str(Path(project, folder)) for folder in folders)
    for thing in sorted(created(project), key=lambda thing: not thing["path"].startswith(inside)):
        if thing["name"] in assets and (thing["asset"], thing["name"]) not in made:
            made.add((thing["asset"], thing["name"]))
            things.append(thing)
    laid = {thing["name"]: thing for file in found if file.kind == "job" for thing in uploads(file)}
    return things + list(laid.values())


def uploads(file):
    """Files beside a job that it expects at the same path of the workspace's datastore: a script of the project puts them there."""
    for _, text in strings(file.content):
        for path in STORED.findall(text):
            if Path(file.path.parent, path).is_file():
                yield {"kind": "upload", "name": path, "path": str(Path(file.path.parent, path))}


def created(project):
    """What scripts of the project make by flags, where the path is one of the project."""
    for script, text in scripts(project):
        for kind, line in CREATE.findall(text):
            options = flags(line)
            path = options.get("path", "")
            for start in (script.parent, Path(project)):
                if options.get("name") and path and Path(start, path).exists():
                    yield {
                        "kind": "folder",
                        "asset": kind,
                        "name": options["name"],
                        "path": str(Path(start, path)),
                        "type": options.get("type", "uri_folder" if kind == "data" else "custom_model"),
                    }
                    break


def scripts(folder, deep=True):
    """Scripts and guides with long lines joined, and with the values of variables that they set themselves."""
    for script in sorted(Path(folder).rglob("*") if deep else Path(folder).iterdir()):
        if script.suffix not in (".sh", ".md", ".azcli", ".yml", ".ps1") or not script.is_file():
            continue
        text = script.read_text(encoding="utf-8", errors="replace").replace("\\\n", " ").replace("`\n", " ")
        values = dict(re.findall(r"^\s*\$?(\w+) ?= ?['\"]?([\w./:-]+)['\"]?\s*$", text, re.M))
        yield script, re.sub(r"\$\{?(\w+)\}?", lambda m: values.get(m[1], m[0]), text)


def flags(line):
    return dict(re.findall(r"--([\w-]+)[ =]+['\"]?([^'\" )]+)", line))


def deployment(project, file):
    """What it takes to make this batch deployment and to have it score: its endpoint's file and the input of its scripts."""
    thing = {"kind": "deployment", "name": str(file.content.get("name", "")), "file": str(file.path), "type": file.content.get("type", "")}
    name = str(file.content.get("endpoint_name", ""))
    thing["endpoint_name"] = name if re.fullmatch(r"[a-z][a-z0-9-]{2,31}", name) else "projects-batch"
    folder, invoked = file.path.parent, False
    while folder != Path(project).parent and not ("endpoint" in thing and invoked):
        endpoints = [] if "endpoint" in thing else [f for f in files(folder, ["."]) if f.kind == "endpoint"]
        thing.update({"endpoint": str(f.path) for f in endpoints[:1]})
        for script, text in [] if invoked else scripts(folder, deep=False):
            for line in INVOKE.findall(text):
                invoked = True
                if flags(line).get("input") and "input" not in thing:
                    thing.update(given(script, flags(line)))
        folder = folder.parent
    return thing


def given(script, invocation):
    local = Path(script.parent, invocation["input"])
    kind = invocation.get("input-type", "uri_file" if local.is_file() else "uri_folder")
    return {"input": str(local) if local.exists() else invocation["input"], "input_type": kind}
