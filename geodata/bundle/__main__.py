"""Make layers: ``python -m geodata.bundle [--packages FOLDER] [LAYER ...]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from geodata.bundle.made import write
from geodata.bundle.registry import RECIPES, make
from geodata.bundle.shelf import PROJECT, Shelf
from geodata.errors import GeodataError

LAYERS = PROJECT / "resources" / "layers"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the named layers, or all; return 0, or 1 where one could not be made (the others are)."""
    options = _parser().parse_args(arguments)
    unknown = sorted(set(options.layers) - set(RECIPES))
    if unknown:
        print(f"There is no layer {', '.join(unknown)}. Known: {', '.join(RECIPES)}.", file=sys.stderr)
        return 1
    shelf = Shelf(packages=options.packages, facts=options.facts, annotations=options.annotations)
    problems: list[GeodataError] = []
    for layer_id in options.layers or RECIPES:
        try:
            write(layer_id, make(layer_id, shelf), options.out)
        except GeodataError as error:
            problems.append(error)
            continue
        print(f"{layer_id}: {_size(options.out, layer_id)}")
    for message in dict.fromkeys(str(problem) for problem in problems):
        print(message, file=sys.stderr)
    return 1 if problems else 0


def _parser() -> argparse.ArgumentParser:
    shelf = Shelf()
    parser = argparse.ArgumentParser(prog="python -m geodata.bundle", description="Make the built-in layers.")
    parser.add_argument("layers", nargs="*", metavar="LAYER", help="which to make (default: all)")
    parser.add_argument("--packages", type=Path, default=shelf.packages, help="folder with the package files")
    parser.add_argument("--facts", type=Path, default=shelf.facts, help="folder with the tables of facts")
    parser.add_argument("--annotations", type=Path, default=shelf.annotations, help="the annotations' file")
    parser.add_argument("--out", type=Path, default=LAYERS, help="folder to write the layers to")
    return parser


def _size(folder: Path, layer_id: str) -> str:
    total = sum((folder / f"{layer_id}.{ending}").stat().st_size for ending in ("fgb", "prepared"))
    return f"{total / 1e6:.2f} MB"


if __name__ == "__main__":
    sys.exit(main())
