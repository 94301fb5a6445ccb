"""Two charts as SVG, written by hand: a plotting library would take longer to start than the model takes to train."""

from __future__ import annotations

import math
from typing import Iterable, Sequence
from xml.sax.saxutils import escape

INK, FAINT, BLUE = "#1f2933", "#d9dfe5", "#1f6fb2"
MOST_POINTS = 4000


def page(width: int, height: int, title: str, body: Iterable[str]) -> str:
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="Segoe UI, Helvetica, Arial, sans-serif" font-size="13" fill="{INK}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="white"/>',
        *body, "</svg>", ""])


def text(x: float, y: float, words: str, anchor: str = "middle", more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{more}>{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, more: str = f'stroke="{FAINT}"') -> str:
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" {more}/>'


def tick_step(top: float) -> float:
    """A round number (1, 2 or 5 times a power of ten) that divides 0..top into at most eight parts."""
    power = 10 ** math.floor(math.log10(top / 8))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power * 8 >= top)


def scatter(real: Sequence[float], predicted: Sequence[float], subtitle: str) -> str:
    """Real fare to the right, predicted fare upwards, one dot a trip; a perfect model has them all on the diagonal."""
    left, top, side = 64, 64, 520
    step = tick_step(max(max(real), max(predicted), 1.0))
    ticks = range(math.ceil(max(max(real), max(predicted), 1.0) / step) + 1)
    scale = side / (step * ticks[-1])

    def across(value: float) -> float:
        return round(left + value * scale, 1)

    def down(value: float) -> float:
        return round(top + side - max(0.0, value) * scale, 1)

    body = [text(left, 26, "Real against predicted fare", "start", ' font-size="18" font-weight="600"')]
    for tick in (step * n for n in ticks):
        body += [line(across(tick), top, across(tick), top + side), line(left, down(tick), left + side, down(tick)),
                 text(across(tick), top + side + 20, f"{tick:g}"), text(left - 10, down(tick) + 4, f"{tick:g}", "end")]
    body.append(line(left, top + side, left + side, top, f'stroke="{INK}" stroke-dasharray="5 4"'))
    every = math.ceil(len(real) / MOST_POINTS)
    body.append(f'<g fill="{BLUE}" fill-opacity="0.35">')
    body += [f'<circle cx="{across(r):g}" cy="{down(p):g}" r="2.5"/>'
             for r, p in zip(real[::every], predicted[::every])]
    body.append("</g>")
    shown = f"; one dot in {every} is drawn" if every > 1 else ""
    body += [text(left, 46, subtitle + shown, "start"),
             text(left + side / 2, top + side + 44, "real fare, dollars"),
             text(18, top + side / 2, "predicted fare, dollars",
                  more=f' transform="rotate(-90 18 {top + side / 2:g})"')]
    return page(left + side + 32, top + side + 64, "Real against predicted fare", body)


def bars(values: dict[str, float], title: str, subtitle: str) -> str:
    """One bar a name, longest first."""
    left, top, width, height = 170, 64, 400, 22
    longest = max([*values.values(), 1e-9])
    body = [text(16, 26, title, "start", ' font-size="18" font-weight="600"'), text(16, 46, subtitle, "start")]
    for row, (name, value) in enumerate(values.items()):
        y = top + row * height
        body += [text(left - 10, y + 15, name, "end"),
                 f'<rect x="{left}" y="{y + 3}" width="{max(0.0, value) / longest * width:.1f}" '
                 f'height="{height - 6}" fill="{BLUE}"/>',
                 text(left + max(0.0, value) / longest * width + 8, y + 15,
                      f"{value:.3f}".replace("-0.000", "0.000"), "start")]
    return page(left + width + 70, top + len(values) * height + 16, title, body)
