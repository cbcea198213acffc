"""From the start of the process to the window, and to the whole map."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.journeys.person import screen

STOPWATCH = Path(__file__).with_name("stopwatch.py")
_WARM_UP = 2


def measure(*, runs: int = 7) -> dict[str, float]:
    """Return medians in milliseconds over several starts on a 1920 × 1080 screen; the first two do not count."""
    found: list[dict[str, float]] = []
    with screen("1920x1080x24") as display, tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": home}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for _ in range(_WARM_UP + runs):
            command = [sys.executable, str(STOPWATCH), repr(time.monotonic())]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
            found.append(json.loads(done.stdout.splitlines()[-1]))
    return {name: statistics.median(one[name] for one in found[_WARM_UP:]) for name in found[-1]}
