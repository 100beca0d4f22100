"""Where the processor's time of a message and of a press goes, by thread and part.

`python -m benchmarks.hot_paths [--number N] [--picture FILE]`: so many reminders that are due at once, then so many
presses at once (`benchmarks.sending`, `pressing`), the bot profiled from within (`benchmarks.watched`). Microseconds
for each; `--picture` draws them (docs/images/hot-paths.svg).
"""

import argparse
import json
import sys
import tempfile
from html import escape
from pathlib import Path

from benchmarks import pressing, sending
from benchmarks.watched import LOOP, PARTS, REST, STORE

PATHS = {"a message that is due": sending.by_ours, "a press": pressing.by_ours}
COLOURS = ("#4c78a8", "#9ecae9", "#f58518", "#ffbf79", "#54a24b", "#b79a20", "#e45756", "#bab0ac")
WIDTH, LEFT, BAR, STEP = 860, 210, 26, 40
Bars = dict[str, dict[str, float]]


def profile(path: str, number: int) -> Bars:
    """By "path, thread" the microseconds of each part."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        PATHS[path](number, ("benchmarks.watched", "profile", file.name))
        seen = json.loads(Path(file.name).read_text(encoding="utf-8"))
    return {
        f"{path}, {thread}": {part: 1e6 * seconds / number for part, seconds in seen[thread].items()}
        for thread in (LOOP, STORE)
    }


def drawn(bars: Bars, number: int) -> str:
    parts = dict(zip((*PARTS, REST), COLOURS, strict=True))
    scale = (WIDTH - LEFT - 80) / max(sum(bar.values()) for bar in bars.values())
    height = STEP * len(bars) + 100
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" '
        'font-size="12"><rect width="100%" height="100%" fill="white"/>',
        f'<text x="10" y="20" font-size="14">Processor time of each, microseconds ({number} at once, profiled)</text>',
    ]
    for row, (name, bar) in enumerate(bars.items()):
        x, y = float(LEFT), 36 + STEP * row
        lines.append(f'<text x="10" y="{y + 17}">{escape(name)}</text>')
        for part, colour in parts.items():
            wide = scale * bar.get(part, 0.0)
            lines.append(f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{BAR}" fill="{colour}"/>')
            x += wide
        lines.append(f'<text x="{x + 6:.1f}" y="{y + 17}">{sum(bar.values()):.0f}</text>')
    for place, (part, colour) in enumerate(parts.items()):
        x, y = 10 + 210 * (place % 4), 36 + STEP * len(bars) + 22 * (place // 4)
        lines.append(f'<rect x="{x}" y="{y}" width="12" height="12" fill="{colour}"/>')
        lines.append(f'<text x="{x + 18}" y="{y + 11}">{escape(part)}</text>')
    return "\n".join([*lines, "</svg>", ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=1_000)
    parser.add_argument("--picture", type=Path)
    asked = parser.parse_args()
    bars = {name: bar for path in PATHS for name, bar in profile(path, asked.number).items()}
    for name, bar in bars.items():
        shares = ", ".join(f"{part} {took:.0f}" for part, took in sorted(bar.items(), key=lambda one: -one[1]))
        sys.stdout.write(f"{name}: {sum(bar.values()):.0f} us: {shares}\n")
    if asked.picture:
        asked.picture.write_text(drawn(bars, asked.number), encoding="utf-8")


if __name__ == "__main__":
    main()
