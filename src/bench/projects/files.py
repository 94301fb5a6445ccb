"""What a project holds: its job files, and what they plainly ask for."""

import re
from pathlib import Path

import yaml

JOB = re.compile(r"(command|pipeline|sweep|spark|automl\w*|import|finetuning\w*|data_?transfer)_?job(\.schema)?\.json", re.I)
ASSET = re.compile(r"(data|environment|model|\w*component)(\.schema)?\.json", re.I)
DEPLOYMENT = re.compile(r"(batch|modelbatch|pipelinecomponentbatch)deployment(\.schema)?\.json", re.I)
ENDPOINT = re.compile(r"batchendpoint(\.schema)?\.json", re.I)
BLANK = re.compile(r"<\s*[A-Za-z][\w :.-]*>|(?<!\$)\$\{[A-Z_]+\}")
PUBLIC = re.compile(r"(https?|wasbs?|abfss?)://")
SERVICE = re.compile(r"\bOPENAI_API|AZURE_OPENAI")
OWN_REGISTRY = re.compile(r"azureml://registries/(?!azureml/)")
PUBLIC_COMPONENT = re.compile(r"azureml://registries/azureml/components/")
AUTOML = "azureml://registries/azureml/components/automl_"
COMPUTE = ("compute", "default_compute", "target")


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


def strings(value, key="", at=""):
    """All texts: the key that each stands under, the text, and where it is."""
    if isinstance(value, dict):
        for k, v in value.items():
            if isinstance(k, str):
                yield from strings(v, k, f"{at}.{k}" if at else k)
    elif isinstance(value, list):
        for n, v in enumerate(value):
            yield from strings(v, key, f"{at}[{n}]")
    elif isinstance(value, str):
        yield key, value, at


def blanks(file):
    """Where a job names its compute by a blank for the reader to fill in, such as <your-cluster>."""
    return [at for key, text, at in strings(file.content) if key in COMPUTE and BLANK.search(text)]


def needs(file):
    """What a job plainly asks for that is not here: a GPU by the name of its compute, data or a service of the public network or a
    component of Microsoft's registry there, a value other than a compute that the reader is to fill in."""
    found = set()
    filled = blanks(file)
    automl = AUTOML in str(file.content)
    for key, text, at in strings(file.content):
        if key in COMPUTE and re.search(r"gpu|NC\d|ND\d|v100|a100", text, re.I):
            found.add("GPU")
        if (BLANK.search(text) and at not in filled) or OWN_REGISTRY.match(text):
            found.add("missing")
        if key != "$schema" and (remote(file.path.parent, text) or SERVICE.search(key) or SERVICE.search(text)):
            found.add("network")
        if PUBLIC_COMPONENT.match(text) and not automl:
            found.add("network")
    return sorted(found)


def remote(folder, text):
    if PUBLIC.match(text):
        return True
    table = Path(folder, text[:200], "MLTable") if "\n" not in text else folder
    return table.name == "MLTable" and table.is_file() and PUBLIC.search(table.read_text(errors="replace")) is not None
