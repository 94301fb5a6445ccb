"""The page .github/PROJECTS.md, from the lines of results."""

import datetime
import platform
import subprocess
from collections import Counter

import reasons

HEAD = """# Other people's projects

Job files of public repositories, unchanged, on the embedded Azure: which complete, and why others do not. Written by
`src/bench/projects/run`, which anyone can run; do not edit. Last run: {date}, Python {python}, {minutes} minutes a file, on a machine that
reaches package registries and no other host. By mlops at commit {builds}.

**{completed} of {files} job files complete** in {repositories} repositories. Of the {inside} that need neither a GPU nor the public network,
and that Azure's own client takes with what their repository holds, **{percent} %** complete (goal: 95 %); with automated ML, which is
left for later, {completed} of {all}, {percent_all} %.

"""


def write(root, options, repositories, lines):
    target = root / ".github" / "PROJECTS.md"
    kinds = reasons.kinds(lines)
    counts = Counter(kinds.values())
    inside = sum(counts[k] for k in ["", *reasons.INSIDE])
    everything = inside + sum(counts[k] for k in reasons.APART)
    text = HEAD.format(
        date=datetime.date.today(),
        builds=builds(lines),
        python=platform.python_version(),
        minutes=options.minutes,
        completed=counts[""],
        files=len(lines),
        repositories=len({line["repository"] for line in lines}),
        inside=inside,
        percent=round(100 * counts[""] / max(inside, 1)),
        all=everything,
        percent_all=round(100 * counts[""] / max(everything, 1)),
    )
    text += "| files | why they do not complete |\n|---:|---|\n"
    for part in (reasons.INSIDE, reasons.APART, reasons.OUTSIDE):
        text += "".join(f"| {counts[k]} | {k}: {what} |\n" for k, what in part.items() if counts[k])
    text += "\nNot counted in the goal: " + ", ".join([*reasons.APART, *reasons.OUTSIDE]) + ". Where a file has a blank for the reader's compute or job, or the\n"
    text += "project's own scripts give a value by `--set`, it was given, and the page says so.\n"
    for repository in repositories:
        own = [line for line in lines if line["repository"] == repository.name]
        if own:
            text += section(repository, own, kinds)
    target.write_text(text, encoding="utf-8")


def section(repository, lines, kinds):
    completed = sum(kinds[line["repository"], line["file"]] == "" for line in lines)
    where = ", ".join(f"`{f}`" for f in repository.folders)
    text = f"\n## {repository.name}\n\nCommit {repository.commit[:12]}{', ' + where if where else ''}: {completed} of {len(lines)} complete.\n\n"
    text += "| file | |\n|---|---|\n"
    for line in sorted(lines, key=lambda line: line["file"]):
        kind = kinds[line["repository"], line["file"]]
        what = "completes" if not kind else f"**{kind}**: {reasons.words(line)}"
        what = (what + "".join(f", with {value}" for value in line.get("given", []))).replace("|", "\\|").replace("<", "&lt;")
        text += f"| {line['file']} | {what} |\n"
    return text


def builds(lines):
    """A run that goes on with a later build tells what is of which."""
    counts = Counter(line["commit"] for line in lines).most_common()
    return counts[0][0] if len(counts) == 1 else ", ".join(f"{commit} ({count} files)" for commit, count in counts)


def commit(root):
    said = subprocess.run(["git", "-C", str(root), "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True)
    return said.stdout.strip() or "unknown"
