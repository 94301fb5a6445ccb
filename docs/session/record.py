#!/usr/bin/env python3
"""Records what mlops prints in a terminal, as an SVG that plays: docs/session/session.svg.

    python3 -m venv /tmp/record && /tmp/record/bin/pip install pyte==0.8.2
    /tmp/record/bin/python docs/session/record.py            # from the folder of the repository

The commands are those of session.txt, in a fresh state below a temporary folder, in a terminal of 112 columns and 30
lines. pyte understands what they write; a frame is kept wherever the screen changes, for as long as it stood, and long
waits are cut to a second.
"""
import fcntl
import html
import os
import pathlib
import pty
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time

import pyte

COLUMNS, LINES = 112, 30
CELL, ROW, MARGIN = 8.4, 18, 16
LONGEST, LAST = 1.0, 4.0
HERE = pathlib.Path(__file__).resolve().parent
COLOURS = {
    "default": "#d7dbe0", "black": "#5c6370", "red": "#ff7b72", "green": "#56d364", "brown": "#e3b341",
    "blue": "#79c0ff", "magenta": "#d2a8ff", "cyan": "#56d4dd", "white": "#ffffff",
}


def play(command, folder, screen, frames):
    """Runs a command in a terminal and keeps what is seen."""
    stream = pyte.ByteStream(screen)
    stream.feed(b"\x1b[1m$ " + command.encode() + b"\x1b[0m\r\n")
    keep(screen, frames)
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    environment = dict(os.environ, TERM="xterm-256color", MLOPS_STATE=str(folder / "state"))
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(
        command, shell=True, stdin=slave, stdout=slave, stderr=slave, env=environment, preexec_fn=lambda: own(slave))
    os.close(slave)
    while True:
        ready, _, _ = select.select([master], [], [], 0.1)
        if ready:
            try:
                written = os.read(master, 65536)
            except OSError:
                break
            if not written:
                break
            stream.feed(written)
            keep(screen, frames)
        elif process.poll() is not None:
            break
    os.close(master)
    if process.wait() != 0:
        sys.exit(f"{command} ended with {process.returncode}")
    stream.feed(b"\r\n")


def own(terminal):
    """Makes it the controlling terminal, which programs ask for its width."""
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)


def keep(screen, frames):
    """Keeps the screen where it differs from the last one."""
    lines = [line(screen.buffer[y]) for y in range(LINES)]
    now = time.monotonic()
    if not frames or frames[-1][1] != lines:
        frames.append((now, lines))


def line(cells):
    """The runs of characters of one look."""
    runs = []
    for x in range(COLUMNS):
        cell = cells[x]
        look = (cell.fg, cell.bold)
        if runs and runs[-1][1] == look:
            runs[-1][2].append(cell.data)
        else:
            runs.append((x, look, [cell.data]))
    return [(x, look, "".join(text).rstrip()) for x, look, text in runs if "".join(text).strip()]


def timed(frames):
    """How long each frame stands, in seconds."""
    ends = [frame[0] for frame in frames[1:]] + [frames[-1][0] + LAST]
    spans = [min(end - frame[0], LONGEST) for frame, end in zip(frames, ends)]
    spans[-1] = LAST
    return spans


def merged(frames):
    """Frames that stood for less than a tenth of a second are seen by nobody."""
    kept = []
    for at, lines in frames:
        if kept and at - kept[-1][0] < 0.1:
            kept[-1] = (kept[-1][0], lines)
        else:
            kept.append((at, lines))
    return kept


def drawn(lines):
    parts = []
    for y, runs in enumerate(lines):
        for x, (colour, bold), text in runs:
            fill = COLOURS.get(colour, COLOURS["default"]) if len(colour) != 6 else "#" + colour
            weight = ' font-weight="bold"' if bold else ""
            parts.append(
                f'<text x="{MARGIN + x * CELL:.1f}" y="{MARGIN + 14 + y * ROW}" fill="{fill}"{weight}>'
                f"{html.escape(text)}</text>")
    return "".join(parts)


def svg(frames):
    spans = timed(frames)
    total = sum(spans)
    width, height = round(2 * MARGIN + COLUMNS * CELL), 2 * MARGIN + LINES * ROW
    rules, groups, start = [], [], 0.0
    for number, (span, (_, lines)) in enumerate(zip(spans, frames)):
        begin, end = 100 * start / total, 100 * (start + span) / total
        rules.append(
            f"@keyframes f{number}{{0%,{begin:.3f}%{{visibility:hidden}}{begin + 0.001:.3f}%,{end:.3f}%"
            f"{{visibility:visible}}{min(end + 0.001, 100):.3f}%,100%{{visibility:hidden}}}}"
            f"#f{number}{{animation:f{number} {total:.1f}s step-end infinite}}")
        groups.append(f'<g id="f{number}" visibility="hidden">{drawn(lines)}</g>')
        start += span
    still = "@media (prefers-reduced-motion:reduce){g{animation:none!important}#f%d{visibility:visible}}" % (
        len(frames) - 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{LABEL}">'
        f"<style>text{{font:14px ui-monospace,Menlo,Consolas,monospace;white-space:pre}}{''.join(rules)}{still}</style>"
        f'<rect width="100%" height="100%" rx="8" fill="#0d1117"/>{"".join(groups)}</svg>\n')


LABEL = "A terminal in which mlops replay takes a model from dev to test to prod, and mlops status shows what serves"


def main():
    commands = [text for text in (HERE / "session.txt").read_text().splitlines() if text and text[0] != "#"]
    folder = pathlib.Path(tempfile.mkdtemp())
    screen, frames = pyte.Screen(COLUMNS, LINES), []
    subprocess.run(["./mlops", "--version"], check=True, stdout=subprocess.DEVNULL)  # builds it, where it is not yet
    try:
        for command in commands:
            play(command, folder, screen, frames)
        keep(screen, frames)
    finally:
        shutil.rmtree(folder)
    (HERE / "session.svg").write_text(svg(merged(frames)))


main()
