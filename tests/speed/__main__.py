"""Measure and print: ``./run --benchmark [NAME ...] [--layers SET,SET …] [--runs N] [--json FILE]``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from tests.speed import durable, growing, importing, many, memory, motion, pick, redraw, reshaping, search, start
from tests.speed.window import medians

MEASURES: dict[str, Callable[..., dict[str, float]]] = {
    "start": start.measure,
    "motion": motion.measure,
    "redraw": redraw.measure,
    "pick": pick.measure,
    "memory": memory.measure,
    "durable": durable.measure,
    "search": search.measure,
    "reshaping": reshaping.measure,
    "growing": growing.measure,
    "importing": importing.measure,
}

WITH_LAYERS: dict[str, Callable[..., dict[str, float]]] = {
    "motion": motion.measure,
    "opening": lambda *, runs, files: medians("open", runs=runs, files=files),
}
"""What is measured with large layers on the map."""


def show(numbers: dict[str, float]) -> None:
    """Print the numbers of one measure."""
    for what, number in numbers.items():
        print(f"  {what:<40}{number:>10.1f}", flush=True)


def _refuse_mixed(parser: argparse.ArgumentParser, names: list[str], *, are_large: bool) -> None:
    if not are_large and "opening" in names:
        parser.error("opening is measured with --layers")
    if are_large and set(names) - set(WITH_LAYERS):
        parser.error(f"with layers {' and '.join(WITH_LAYERS)} are measured")


def main() -> None:
    """Run the measures that were named, or all."""
    parser = argparse.ArgumentParser(prog="./run --benchmark")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASURES))
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the numbers here")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="print medians of so many runs (5)")
    parser.add_argument(
        "--layers", metavar="SET,SET", default="", help=f"measure with these layers on the map: {', '.join(many.SETS)}"
    )
    asked = parser.parse_args()
    sets = [name for name in asked.layers.split(",") if name]
    if set(sets) - set(many.SETS):
        parser.error(f"there are the layers {', '.join(many.SETS)}")
    if sets:
        asked.names = asked.names or list(WITH_LAYERS)
    _refuse_mixed(parser, asked.names, are_large=bool(sets))
    files = [many.made(name) for name in sets]
    unknown = [name for name in asked.names if name not in {*MEASURES, *WITH_LAYERS}]
    if unknown:
        parser.error(f"there is no measure {unknown[0]!r}; there are {', '.join(MEASURES)}")
    if asked.runs < 1:
        parser.error("--runs takes a number from 1 on")
    found: dict[str, dict[str, float]] = {}
    for name in asked.names or MEASURES:
        if sets:
            found[name] = WITH_LAYERS[name](runs=asked.runs, files=files)
        else:
            found[name] = MEASURES[name](runs=asked.runs)
        print(name)
        show(found[name])
    painted = found.get("start", {}).get("map_painted_ms")
    theirs = found.get("redraw", {}).get("qgis_start_to_painted_ms")
    if painted and theirs:
        found["start against QGIS"] = {"share_of_qgis_percent": 100 * painted / theirs}
        print("start against QGIS")
        show(found["start against QGIS"])
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
