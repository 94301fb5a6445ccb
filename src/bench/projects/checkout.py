"""Copies of public repositories, as they are at one commit."""

import os
import shutil
import subprocess
from pathlib import Path


class Repository:
    """One line of the list: name (owner/name), commit, and the folders in question."""

    def __init__(self, line):
        at, *self.folders = line.split()
        self.name, self.commit = at.split("@")

    @staticmethod
    def read(file):
        return [Repository(l) for l in file.read_text().splitlines() if l and not l.startswith("#")]


def checkout(repository, mirror, clones, into):
    """Every file that git has of that commit; from a mirror that leaves large files out, all but these, whose paths it answers."""
    absent = []
    git = directory(repository, mirror) if mirror else clone(repository, clones)
    shutil.rmtree(into, ignore_errors=True)
    listing = subprocess.run(["git", "-C", str(git), "ls-tree", "-r", "-z", repository.commit], check=True, capture_output=True).stdout
    entries = [e.split(b"\t", 1) for e in listing.split(b"\0") if e]
    with subprocess.Popen(["git", "-C", str(git), "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as blobs:
        for meta, path in entries:
            mode, kind, name = meta.split()
            if kind == b"blob":
                content = blob(blobs, name)
                if content is None:
                    absent.append(os.fsdecode(path))
                else:
                    write(Path(into, os.fsdecode(path)), mode, content)
    return absent


def blob(blobs, name):
    blobs.stdin.write(name + b"\n")
    blobs.stdin.flush()
    header = blobs.stdout.readline().split()
    if len(header) < 3:
        return None
    content = blobs.stdout.read(int(header[2]))
    blobs.stdout.read(1)
    return content


def write(path, mode, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    if mode == b"120000":
        path.symlink_to(os.fsdecode(content))
    else:
        path.write_bytes(content)
        path.chmod(0o755 if mode == b"100755" else 0o644)


def directory(repository, mirror):
    folder = mirror / repository.name.replace("/", "+")
    return folder / "repo" if (folder / "repo").is_dir() else folder


def clone(repository, clones):
    git = clones / repository.name.replace("/", "+")
    if not git.exists():
        git.mkdir(parents=True)
        subprocess.run(["git", "init", "--quiet", "--bare", str(git)], check=True)
    url = f"https://github.com/{repository.name}"
    subprocess.run(["git", "-C", str(git), "fetch", "--quiet", "--depth", "1", url, repository.commit], check=True)
    return git
