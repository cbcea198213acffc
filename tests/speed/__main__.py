"""Measure and print: ``./run --benchmark [NAME ...] [--json FILE]``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from tests.speed import start

MEASURES: dict[str, Callable[[], dict[str, float]]] = {"start": start.measure}


def main() -> None:
    """Run the measures that were named, or all."""
    parser = argparse.ArgumentParser(prog="./run --benchmark")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASURES))
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the numbers here")
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in MEASURES]
    if unknown:
        parser.error(f"there is no measure {unknown[0]!r}; there are {', '.join(MEASURES)}")
    found = {name: MEASURES[name]() for name in asked.names or MEASURES}
    for name, numbers in found.items():
        print(name)
        for what, number in numbers.items():
            print(f"  {what:<32}{number:>10.1f}")
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
