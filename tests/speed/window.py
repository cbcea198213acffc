"""A real window on a screen of 1920 × 1080, in which something is done and measured."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.journeys.person import screen

_INSIDE = Path(__file__).with_name("inside.py")


def medians(deed: str, *, runs: int, files: Sequence[Path] = ()) -> dict[str, float]:
    """Return the medians of what several runs of the program noted, each with settings of its own.

    Files are opened as layers: before the deed begins, or by it.
    """
    found: list[dict[str, float]] = []
    with screen("1920x1080x24") as display:
        for _ in range(runs):
            with tempfile.TemporaryDirectory() as home:
                environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": home}
                environment["ARCTIC_VIEWER_REDUCED_MOTION"] = "0"
                environment["ARCTIC_VIEWER_SPEED_FILES"] = os.pathsep.join(map(str, files))
                command = [sys.executable, str(_INSIDE), deed]
                done = subprocess.run(
                    command, env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=240
                )
            found.append(json.loads(done.stdout.splitlines()[-1]))
    return {name: statistics.median(one[name] for one in found if name in one) for name in found[0]}


def share(values: list[float], percent: float) -> float:
    """Return the value that so many per cent of the others do not exceed; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(len(ordered) * percent / 100))] if ordered else 0.0
