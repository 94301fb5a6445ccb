"""What the files of a project expect in the workspace before they can run, as far as the project itself has it: other files, and
what its scripts and guides do by `az ml`."""

import functools
import os
import re
from pathlib import Path

import files

NAMED = re.compile(r"azureml:(?!//)([A-Za-z0-9._-]+)")
STORED = re.compile(r"azureml://datastores/([\w-]+)/paths/([\w./-]+)")
CREATE = re.compile(r"az ml (data|model) create (.*)")
SUBMIT = re.compile(r"az ml job create (.*)")
INVOKE = re.compile(r"az ml batch-endpoint invoke (.*)")
CLUSTER, POOL = "cpu-cluster", "spark-pool"


def expected(project, found, folders):
    """Computes and assets that files and scripts name, in the order in which they can be made: from files of the project that
    define them, or from `az ml data create --name … --path …` (or `model`) of its scripts."""
    computes, assets = {CLUSTER}, set()
    said = [line for _, text in scripts(project) for line in SUBMIT.findall(text) + INVOKE.findall(text)]
    for line in said:
        assets.update(NAMED.findall(line))
    for file in found:
        for key, text, _ in files.strings(file.content):
            if key in files.COMPUTE:
                computes.update(re.findall(r"^(?:azureml:)?([A-Za-z][\w-]+)$", text))
            else:
                assets.update(NAMED.findall(text))
    things = [{"kind": "compute", "name": name} for name in sorted(computes)]
    if any(POOL in value for file in found if file.kind == "job" for value in given(project, file)):
        things.append({"kind": "pool", "name": POOL})
    texts = [(file.path, text) for file in found if file.kind in ("job", "data") for _, text, _ in files.strings(file.content)]
    laid = {(thing["store"], thing["name"]): thing for path, text in texts + [(project, line) for line in said] for thing in uploads(project, path, text)}
    return things + list(stores(project, {store for store, _ in laid})) + list(laid.values()) + defined(project, found, folders, assets)


def stores(project, names):
    """Datastores by files of the project; their account is the reader's own."""
    for path in sorted(Path(project).rglob("*.yml")):
        found = re.search(r"^name: ([\w-]+)", path.read_text(errors="replace"), re.M)
        if found and found[1] in names and "/azureBlob.schema.json" in path.read_text():
            yield {"kind": "datastore", "name": found[1], "file": str(path)}


def defined(project, found, folders, assets):
    things, made = [], set()
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
    return things


def rivals(found, near):
    """Environments of one name that several files define: the one that lies nearest to a job, as its own guide makes it."""
    named = {}
    for file in found:
        if file.kind == "environment":
            named.setdefault((str(file.content.get("name", "")), str(file.content.get("version", ""))), []).append(file.path)
    for (name, _), places in sorted(named.items()):
        shared = [len(os.path.commonpath([place, near])) for place in places]
        if len(places) > 1 and shared.count(max(shared)) == 1:
            yield {"kind": "environment", "name": name, "file": str(places[shared.index(max(shared))])}


def uploads(project, near, text):
    """Files that are expected in a datastore, at the path that they have in the project; of several, the one nearest to who asks."""
    for store, path in STORED.findall(text):
        tail = path.strip("/")
        named = [p for p in paths(project) if p.name == Path(tail).name]
        places = [p for p in named if "/" in path and str(p).endswith("/" + tail)] or ([p for p in named if p.suffix] if len(named) == 1 else [])
        if not places:
            continue
        place = max(places, key=lambda p: len(os.path.commonpath([p, near])))
        for one in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if one.is_file():
                yield {"kind": "upload", "store": store, "name": tail + str(one)[len(str(place)) :], "path": str(one)}


@functools.cache
def paths(project):
    return list(Path(project).rglob("*"))


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


@functools.cache
def scripts(folder, deep=True):
    """Scripts and guides with long lines joined, and with the values of variables that they set themselves."""
    return list(read(folder, deep))


def read(folder, deep):
    for script in sorted(Path(folder).rglob("*") if deep else Path(folder).iterdir()):
        if script.suffix not in (".sh", ".md", ".azcli", ".yml", ".ps1") or not script.is_file():
            continue
        text = script.read_text(encoding="utf-8", errors="replace")
        if "az ml" not in text:
            continue
        text = text.replace("\\\n", " ").replace("`\n", " ")
        values = dict(re.findall(r"^\s*\$?(\w+) ?= ?['\"]?([\w./:-]+)['\"]?\s*$", text, re.M))
        yield script, re.sub(r"\$\{?(\w+)\}?", lambda m: values.get(m[1], m[0]), text)


def flags(line):
    return dict(re.findall(r"--([\w-]+)[ =]+['\"]?([^'\" )]+)", line))


def given(project, file):
    """The values that a reader of the project gives a job by --set: those of its scripts, and a compute for each blank."""
    values = [f"{at}=azureml:{POOL if 'spark' in str(file.content).lower() else CLUSTER}" for at in files.blanks(file)]
    for script, text in scripts(project):
        for line in SUBMIT.findall(text):
            options = flags(re.sub(r"(^| )-f ", " --file ", line))
            if "file" not in options or Path(script.parent, options["file"]).resolve() != file.path.resolve():
                continue
            for one in re.findall(r"--set ((?:['\"]?[\w.]+=[^\s'\"]+['\"]? ?)+)", line):
                values += [v for v in one.replace("'", "").replace('"', "").split() if not re.search(r"[<$]", v) and v not in values]
    return values


def makers(project, found, name):
    """Job files in which the name of a model stands that is missing, and whether scripts make it of something else."""
    jobs = [file for file in found if file.kind == "job" and any(text == name for _, text, _ in files.strings(file.content))]
    scripted = any(flags(line).get("name") == name for _, text in scripts(project) for kind, line in CREATE.findall(text))
    return [str(file.path.relative_to(project)) for file in jobs], scripted


def deployment(project, file):
    """What it takes to make this batch deployment and to have it score: its endpoint's file and the input of its scripts."""
    thing = {"kind": "deployment", "name": str(file.content.get("name", "")), "file": str(file.path), "type": file.content.get("type", "")}
    name = str(file.content.get("endpoint_name", ""))
    thing["endpoint_name"] = name if re.fullmatch(r"[a-z][a-z0-9-]{2,31}", name) else "projects-batch"
    if "placeholder" in str(file.content.get("job_definition")):  # for the reader's own: that of the job file beside it
        jobs = [f.content for f in files.files(file.path.parent, ["."]) if f.kind == "job"]
        thing.update({"job": job["display_name"] for job in jobs[:1] if "display_name" in job})
    beside = file.path.parent / "model"
    if beside.is_dir() and NAMED.match(str(file.content.get("model"))):
        kind = "mlflow_model" if (beside / "MLmodel").is_file() else "custom_model"
        thing["model"] = {"name": NAMED.match(file.content["model"])[1], "path": str(beside), "type": kind}
    folder, invoked = file.path.parent, False
    while folder != Path(project).parent and not ("endpoint" in thing and invoked):
        endpoints = [] if "endpoint" in thing else [f for f in files.files(folder, ["."]) if f.kind == "endpoint"]
        thing.update({"endpoint": str(f.path) for f in endpoints[:1]})
        for script, text in [] if invoked else scripts(folder, deep=False):
            for line in INVOKE.findall(text):
                invoked = True
                options = flags(re.sub(r" --?f ", " --file ", line))
                if "input" not in thing and ("input" in options or "file" in options):
                    thing.update(scored(script, options))
        folder = folder.parent
    return thing


def scored(script, invocation):
    if "file" in invocation:
        return {"inputs": str(Path(script.parent, invocation["file"]))}
    local = Path(script.parent, invocation["input"])
    kind = invocation.get("input-type", "uri_file" if local.is_file() else "uri_folder")
    return {"input": str(local) if local.exists() else invocation["input"], "input_type": kind}
