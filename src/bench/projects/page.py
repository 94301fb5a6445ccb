"""The page .github/PROJECTS.md, from the lines of results."""

import datetime
import platform
import subprocess
from collections import Counter

import reasons

HEAD = """# Other people's projects

Job files of public repositories, unchanged, on the embedded Azure: which complete, and why others do not. Written by
`src/bench/projects/run`, which anyone can run; do not edit. Last run: {date}, mlops at commit {commit}, Python {python}, {minutes} minutes a file, on a machine that reaches package registries and
no other host.

**{completed} of {files} job files complete** in {repositories} repositories. Of the {inside} that need neither a GPU nor the public network,
and that Azure's own client takes with what their repository holds, **{percent} %** complete (goal: 95 %).

"""


def write(root, options, repositories, lines):
    target = root / ".github" / "PROJECTS.md"
    kinds = {id(line): reasons.kind(line) for line in lines}
    counts = Counter(kinds.values())
    inside = sum(counts[k] for k in ["", *reasons.INSIDE])
    text = HEAD.format(
        date=datetime.date.today(),
        commit=options.commit or commit(root),
        python=platform.python_version(),
        minutes=options.minutes,
        completed=counts[""],
        files=len(lines),
        repositories=len({line["repository"] for line in lines}),
        inside=inside,
        percent=round(100 * counts[""] / inside) if inside else 0,
    )
    text += "| files | why they do not complete |\n|---:|---|\n"
    for part in (reasons.INSIDE, reasons.OUTSIDE):
        text += "".join(f"| {counts[k]} | {k}: {what} |\n" for k, what in part.items() if counts[k])
    text += "\nThe last four kinds in this order are not counted in the goal: " + ", ".join(reasons.OUTSIDE) + ".\n"
    for repository in repositories:
        own = [line for line in lines if line["repository"] == repository.name]
        if own:
            text += section(repository, own, kinds)
    target.write_text(text, encoding="utf-8")


def section(repository, lines, kinds):
    completed = sum(kinds[id(line)] == "" for line in lines)
    where = ", ".join(f"`{f}`" for f in repository.folders)
    text = f"\n## {repository.name}\n\nCommit {repository.commit[:12]}{', ' + where if where else ''}: {completed} of {len(lines)} complete.\n\n"
    text += "| file | |\n|---|---|\n"
    for line in sorted(lines, key=lambda line: line["file"]):
        kind = kinds[id(line)]
        what = "completes" if not kind else f"**{kind}**: {reasons.words(line)}".replace("|", "\\|").replace("<", "&lt;")
        text += f"| {line['file']} | {what} |\n"
    return text


def commit(root):
    said = subprocess.run(["git", "-C", str(root), "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True)
    return said.stdout.strip() or "unknown"
