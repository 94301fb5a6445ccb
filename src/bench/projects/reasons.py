"""Why a job file does not complete, in words, from what mlops and the job said. Nothing is decided by it: it sorts a page."""

import re

# The first that fits counts. What stands before the colon is the kind.
OUTSIDE = {
    "GPU": "needs a GPU",
    "network": "downloads data, a model or a component, or calls a service, of the public network",
    "invalid": "Azure's own client (azure-ai-ml 1.35) refuses the file too",
    "mirror": "names a file that the mirror of this run leaves out for its size; a clone has it",
    "faulty": "its own program or data is at fault, on Azure too",
    "missing": "names what is neither in the repository nor made by `az ml` in its scripts: the reader brings it",
}
APART = {"automl": "automated ML, which is left for later: an issue of its own"}
INSIDE = {
    "kind": "a kind of job, of input or of component that is not built",
    "image": "needs what only its image has: there are no containers",
    "environment": "its Python environment cannot be built here",
    "order": "names a model that steps of the project's guide make of a job's; the run does not take them",
    "time": "needs more time than this run gave it",
    "other": "fails otherwise",
}

FAULTY = {  # read by hand: what is wrong in the project itself
    ("Azure/azureml-examples", "cli/endpoints/batch/deploy-models/heart-classifier-mlflow/deployment-custom/deployment.yml"):
        "its scoring script calls mlflow.pyfunc.load, which no MLflow has",
    ("Azure/azureml-examples", "cli/jobs/parallel/1a_oj_sales_prediction/pipeline.yml"):
        "its environment takes any mlflow, and today's, 3.17, saves no model of its scikit-learn 1.2 without a list of types to trust",
    ("kohei3110/mltable-sample", "jobs/train-job-direct-mltable.yml"): "its MLTable filters by an expression that the package mltable does not read",
    ("kohei3110/mltable-sample", "jobs/train-job.yml"): "its MLTable filters by an expression that the package mltable does not read",
    ("ClementJu/azure-e2e-mlops", "job-production.yml"): "azureml:NAME:1/data is no reference to an asset, and there is none of that name in the repository",
}


def faulty(line):
    return FAULTY.get((line["repository"], line["file"]), "")


TOLD = [
    ("automl", r"type automl is valid|registries/azureml/components/automl_"),
    ("network", r"Git operation failed|reads public data|Storage account '\w+' was not found|urlopen error|"
     r"Max retries exceeded|NameResolutionError|Failed to resolve|"
     r"Temporary failure in name resolution|Tunnel connection failed|HTTPError: HTTP Error|wasbs://|ConnectionError|"
     r"couldn't connect to 'https?://huggingface|We couldn't connect|OfflineModeIsEnabled|Could not resolve host|"
     r"Unable to load dataset|openml|RemoteDisconnected|huggingface_hub|ProxyError|The embedded Azure has no host"),
    ("GPU", r"CUDA|cuda|nvidia|NVIDIA|nccl|NCCL|no GPU|requires? (a )?GPU|No CUDA|deepspeed"),
    ("missing", r"azureml://registries/(?!azureml/)"),
    ("image", r"command not found|: not found|activate: No such file|image was not built|code 127"),
    ("kind", r"type \w+ is valid Azure ML, but mlops does not build it|does not build it yet|The embedded Azure (runs no|does not bring)|NotImplemented"),
    ("missing", r"AssetNotFound|was not found in workspace|is not there|there is nothing at https?://|the key path is missing|"
     r"_{6}|No environment exists for name|Could not find asset|The request names no input|Model container with name|"
     r"is the text \"<|Compute with name <|there is no file or folder"),
    ("environment", r"curated environment|ImageBuild|Image build failed|No module named|environment .* cannot be"),
]
TOLD = [(kind, re.compile(pattern)) for kind, pattern in TOLD]


def kind(line):
    """The kind of a reason by what one line says; empty for a file that completes."""
    if line["outcome"] == "completed":
        return ""
    if line.get("client"):
        return "invalid"
    if line.get("absent"):
        return "mirror"
    if faulty(line):
        return "faulty"
    needs = line.get("needs", [])
    if line["outcome"] == "not run" or "GPU" in needs:
        return "GPU"
    if line["outcome"] == "time":
        return "time"
    told = "\n".join(line["errors"]) + "\n" + line["log"]
    found = next((k for k, pattern in TOLD if pattern.search(told)), "other")
    return needs[0] if needs and (found in INSIDE or found in APART) else found


def kinds(lines):
    """The kind of each line by its repository and file. What lacks a model has the trouble of the job that makes it."""
    found = {(line["repository"], line["file"]): kind(line) for line in lines}
    for line in lines:
        if found[line["repository"], line["file"]] == "missing" and not line["needs"] and (line.get("makers") or line.get("scripted")):
            makers = [found.get((line["repository"], job), "missing") for job in line["makers"]]
            found[line["repository"], line["file"]] = makers[0] if makers and "" not in makers else "order"
    return found


def words(line):
    """One sentence of what was said: the first that names the trouble."""
    if faulty(line) and not line.get("client"):
        return faulty(line)
    if line.get("client"):
        text = line["client"]
    elif line["outcome"] in ("time", "not run"):
        return {"time": "not ended in time", "not run": "its plan is fine; not run"}[line["outcome"]]
    else:
        text = next((m for e in line["errors"] for m in e.splitlines() if not re.match(r"\w+: \d+ mistakes?,", m)), "")
        text = re.sub(r"^\s*\S+:\d+:\d+ ", "", text)
        text = re.sub(r"^JobFailed: job \S+ ended as Failed(, in [^:]+)?: ", "", text)
        text = last(line["errors"], line["log"]) if text.startswith("Execution failed. User process") else text
    text = re.sub(r"(/[\w.+@-]+){2,}/project/", "", " ".join(text.split()))
    text = re.sub(r"(/[\w.+@-]+){3,}/", "…/", text)
    return text if len(text) <= 160 else text[:157] + "…"


def last(errors, log):
    """The last line in which a program names its error."""
    said = [l.strip() for l in (log or "\n".join(errors)).splitlines()]
    named = [l for l in said if re.match(r"[\w.]*(Error|Exception|Exit)\b.*:|.*not found", l) and not l.startswith("UserError")]
    return named[-1] if named else next((l for l in reversed(said) if l and not l.startswith("UserError")), "")
