"""Runs the job files of public projects on the embedded Azure, one state folder a repository. What came out is kept as JSON
lines, from which the page is written; a file that has a line is not run again."""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import expected
import files
import page
from checkout import Repository, checkout

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent.parent
CLIENT = HERE / "client.py"
FREE_BYTES = 6 << 30


class Run:
    """One repository: its copy, its profile, its state."""

    def __init__(self, options, repository):
        self.options = options
        self.repository = repository
        self.folder = options.work / repository.name.replace("/", "+")
        self.project = self.folder / "project"
        self.profile = self.folder / "profile" / "mlops.yml"
        self.latest = {}
        self.variables = dict(os.environ, MLOPS_CACHE=str(options.work / "cache"), NO_COLOR="1")

    def mlops(self, *arguments, seconds=600):
        """What a command of mlops printed, and its exit code; None where the time was up."""
        command = [str(self.options.mlops), "--profile", str(self.profile), "--state", str(self.folder / "state"), *arguments]
        with subprocess.Popen(
            command, cwd=self.project, env=self.variables, text=True, errors="replace", start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as process:
            try:
                out, err = process.communicate(timeout=seconds)
                return process.returncode, out, err
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGTERM)
                try:
                    process.communicate(timeout=30)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                return None, "", ""

    def fetch(self):
        """The project as it is."""
        absent = self.folder / "absent.json"
        if not absent.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            absent.write_text(json.dumps(checkout(self.repository, self.options.mirror, self.options.work / "git", self.project)))

    def prepare(self):
        """A profile of its own beside the project, and what its jobs expect in the workspace."""
        made = self.folder / "made.json"
        if made.exists():
            return
        self.write_profile()
        code, _, err = self.mlops("bootstrap", "-q")
        if code != 0:
            sys.exit(f"bootstrap for {self.repository.name} failed:\n{err}")
        everything = list(files.files(self.project, ["."]))
        answers = self.make(expected.expected(self.project, everything, self.repository.folders or ["."]))
        made.write_text(json.dumps(answers, indent=1))

    def make_own(self, file):
        """The environments of a job where others of the repository have the same name: its own become the latest."""
        found = list(files.files(self.project, self.repository.folders or ["."]))
        for thing in expected.rivals(found, str(file.path)):
            if self.latest.get(thing["name"]) != thing["file"]:
                self.make([thing])
                self.latest[thing["name"]] = thing["file"]

    def make(self, things, seconds=600):
        order = self.folder / f"order-{things[0]['kind'] if things else 'none'}-{threading.get_ident()}.json"
        order.write_text(json.dumps({"group": "rg-houses-demo", "workspace": "ml-houses-demo-dev", "things": things}))
        code, out, err = self.mlops("local", "exec", "--", sys.executable, str(CLIENT), str(order), seconds=seconds)
        order.unlink()
        (self.folder / "client.log").write_text(err)
        if code != 0:
            print(f"  assets of {self.repository.name}: exit {code}\n{err[-600:]}", file=sys.stderr)
        return [json.loads(line) for line in out.splitlines() if line.startswith('{"kind"')]

    def deployment(self, file):
        """The line of one batch deployment: made with its endpoint by the real client, and invoked."""
        start = time.monotonic()
        thing = expected.deployment(self.project, file)
        answers = self.make([thing], self.options.minutes * 60)
        said = (self.folder / "client.log").read_text()[-1500:]  # empty where its time was up
        error = answers[0].get("error", "") if answers else said
        outcome = "failed" if error else "completed" if answers else "time"
        line = self.line(file, outcome, [error] if error else [], start)
        line["given"] = [f"job_definition=the job {thing['job']}"] if "job" in thing else []
        missing = re.search(r"Model container with name: (\S+) not found", error)
        if missing:
            everything = list(files.files(self.project, ["."]))
            line["makers"], line["scripted"] = expected.makers(self.project, everything, missing[1])
        return dict(line, client=error) if error.startswith("ValidationError") else line

    def refusal(self, file):
        """Why Azure's own client does not take a file either; empty where it does."""
        told = subprocess.run([sys.executable, str(CLIENT), "--load", str(file.path)], capture_output=True, text=True, cwd=file.path.parent)
        lines = [line for line in told.stdout.splitlines() if line.startswith('{"client"')]
        return json.loads(lines[-1])["client"] if lines else ""

    def write_profile(self):
        """That of the tabular template, which is complete, without a gate: a project's own job is not to be judged."""
        shutil.rmtree(self.profile.parent, ignore_errors=True)
        shutil.rmtree(self.folder / "state", ignore_errors=True)
        subprocess.run(
            [str(self.options.mlops), "init", "--template", "tabular", str(self.profile.parent)],
            check=True, stdout=subprocess.DEVNULL, env=self.variables,
        )
        text = self.profile.read_text()
        self.profile.write_text("".join(l for l in text.splitlines(True) if not l.startswith("  r2: ")))

    def job(self, file, plan):
        """The line of one job file. What names a GPU is planned only: hours on a laptop's cores tell nothing."""
        gpu = "GPU" in files.needs(file) and not plan
        logs = self.folder / "logs" / str(file.path.relative_to(self.project)).replace("/", "+")
        shutil.rmtree(logs, ignore_errors=True)
        start = time.monotonic()
        arguments = ["--plan"] if plan or gpu else ["--logs", str(logs)]
        values = expected.given(self.project, file)
        arguments += [part for value in values for part in ("--set", value)]
        code, out, err = self.mlops("-o", "json", "train", "--file", str(file.path), *arguments, seconds=self.options.minutes * 60)
        told = errors(out) or ([] if code == 0 else [err[-1500:]])
        ran = any(e.startswith("JobFailed") for e in told)
        outcome = {0: "planned" if plan else "not run" if gpu else "completed", None: "time"}.get(code, "failed" if ran else "refused")
        line = self.line(file, outcome, told, start, tails(logs) if ran else "")
        if outcome == "time":
            age = self.options.minutes * 60 - 30  # those beside it began later, or will not end in time either
            self.make([{"kind": "cancel", "name": "what runs so long", "age": age}])  # a job outlives the command that follows it
        line["given"] = values
        return dict(line, client=self.refusal(file)) if outcome == "refused" else line

    def line(self, file, outcome, told, start, log=""):
        said = "\n".join(told) + log
        return {
            "commit": self.options.commit,
            "absent": [path for path in json.loads((self.folder / "absent.json").read_text()) if Path(path).name in said],
            "repository": self.repository.name,
            "file": str(file.path.relative_to(self.project)),
            "outcome": outcome,
            "errors": told,
            "log": log,
            "needs": files.needs(file),
            "seconds": round(time.monotonic() - start, 1),
        }


def errors(out):
    """The failures that a JSON document of mlops tells."""
    try:
        document = json.loads(out)
    except ValueError:
        return []
    told = [s.get("error") for s in document.get("steps", [])] + [document.get("error")]
    return [f"{e.get('code')}: {e.get('message')}" for e in told if e]


def tails(logs):
    found = sorted(logs.rglob("*"), key=lambda p: p.stat().st_mtime) if logs.exists() else []
    return "\n".join(p.read_text(errors="replace")[-2500:] for p in found if p.is_file())[-6000:]


def run(options, repository, done, results):
    runner = Run(options, repository)
    if options.again:
        shutil.rmtree(runner.folder, ignore_errors=True)
    runner.fetch()
    kinds = ("job",) if options.plan else ("job", "deployment")  # deployments serve what jobs made
    found = files.files(runner.project, repository.folders or ["."])
    left = [file for file in found if file.kind in kinds and wanted(runner, file, done)]
    if left:
        runner.prepare()
    with ThreadPoolExecutor(options.parallel) as pool:
        for kind in kinds:
            list(pool.map(lambda file: one(runner, file, results), [file for file in left if file.kind == kind]))


def wanted(runner, file, done):
    name = str(file.path.relative_to(runner.project))
    return (runner.repository.name, name) not in done and runner.options.match in name


def one(runner, file, results):
    if shutil.disk_usage(runner.options.work).free < FREE_BYTES:
        runner.mlops("local", "environments", "--remove=all")
    if not runner.options.plan:
        runner.make_own(file)
    line = runner.job(file, runner.options.plan) if file.kind == "job" else runner.deployment(file)
    print(f"{line['outcome']:10} {line['seconds']:7} s  {line['repository']} {line['file']}", file=sys.stderr, flush=True)
    with results.open("a", encoding="utf-8") as out:
        out.write(json.dumps(line) + "\n")


def lines(results, plan):
    """By file, the last line of each; a plan counts only for plans."""
    if not results.exists():
        return {}
    found = [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]
    return {(l["repository"], l["file"]): l for l in found if plan or l["outcome"] != "planned"}


def options():
    parser = argparse.ArgumentParser(prog="src/bench/projects/run", description=__doc__)
    parser.add_argument("--mirror", type=Path, metavar="DIR", help="git directories DIR/OWNER+NAME (or …/repo in it), instead of the public host")
    parser.add_argument("--work", type=Path, default=ROOT / "target" / "projects", metavar="DIR", help="where everything goes (target/projects)")
    parser.add_argument("--mlops", type=Path, default=ROOT / "mlops", metavar="FILE", help="the mlops to run (that of this checkout)")
    parser.add_argument("--only", default="", metavar="TEXT", help="repositories with this in their name")
    parser.add_argument("--match", default="", metavar="TEXT", help="job files with this in their path")
    parser.add_argument("--plan", action="store_true", help="only mlops train --plan")
    parser.add_argument("--again", action="store_true", help="from the beginning, not where a run before ended")
    parser.add_argument("--failed", action="store_true", help="also what did not complete before")
    parser.add_argument("--minutes", type=int, default=10, metavar="N", help="time for a job file (10)")
    parser.add_argument("--parallel", type=int, default=1, metavar="N", help="how many jobs of a repository at the same time (1)")
    parser.add_argument("--commit", default="", metavar="ID", help="of the mlops that is run, kept with each result (HEAD of this checkout)")
    parser.add_argument("--page", action="store_true", help="only write .github/PROJECTS.md from the results that there are")
    return parser.parse_args()


def main():
    chosen = options()
    chosen.work = chosen.work.resolve()
    chosen.work.mkdir(parents=True, exist_ok=True)
    chosen.commit = chosen.commit or page.commit(ROOT)
    results = chosen.work / ("plans.jsonl" if chosen.plan else "results.jsonl")
    repositories = Repository.read(HERE / "repositories.txt")
    if not chosen.page:
        if chosen.again and not chosen.only and not chosen.match:
            results.unlink(missing_ok=True)
        done = {} if chosen.again else lines(results, chosen.plan)
        if chosen.failed:
            done = {name: line for name, line in done.items() if line["outcome"] == "completed"}
        for repository in repositories:
            if chosen.only in repository.name:
                run(chosen, repository, done, results)
    if chosen.page or not (chosen.plan or chosen.only or chosen.match):
        page.write(ROOT, chosen, repositories, list(lines(results, False).values()))


main()
