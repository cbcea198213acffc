"""A long tour in a real window, with a record on disk that a broken-off tour goes on from."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.journeys.person import screen

_INSIDE = Path(__file__).with_name("inside.py")
_WARM_UP_SHARE = 0.2
_END_SHARE = 0.1
_SLACK_S = 120.0

Sample = dict[str, Any]


def read(record: Path) -> list[list[Sample]]:
    """Return the stretches travelled so far: samples of one start of the program each; none where there is no record.

    A record that cannot be read is begun anew.
    """
    with suppress(OSError, ValueError, KeyError):
        return json.loads(record.read_text(encoding="utf-8"))["stretches"]
    return []


def travelled_s(stretches: list[list[Sample]]) -> float:
    """Return how many seconds have been travelled."""
    return sum(stretch[-1]["second"] for stretch in stretches if stretch)


def growth_percent(stretch: list[Sample]) -> float:
    """Return by how much the memory of all processes grew, from after the warm-up to the end, in per cent.

    Compares medians of a tenth of the samples each; the first fifth fills what is remembered between pictures.
    """
    few = max(1, round(len(stretch) * _END_SHARE))
    first = round(len(stretch) * _WARM_UP_SHARE)
    before = statistics.median(sample["all_mb"] for sample in stretch[first : first + few])
    after = statistics.median(sample["all_mb"] for sample in stretch[-few:])
    return 100 * (after / before - 1)


def travel(seconds: float, record: Path) -> dict[str, Any]:
    """Travel until so many seconds are on the record, and return it; it is written every two seconds on the way."""
    stretches = [stretch for stretch in read(record) if stretch]
    left_s = seconds - travelled_s(stretches)
    if left_s > 1:
        leg = stretches[-1][-1]["leg"] if stretches else 0
        stretches.append([])
        with screen("1920x1080x24") as display, tempfile.TemporaryDirectory() as home:
            for sample in _samples(display, home, left_s, leg):
                stretches[-1].append(sample)
                _write(record, stretches)
    return _write(record, stretches)


def _samples(display: str, home: str, seconds: float, leg: int):
    environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": home}
    environment["ARCTIC_VIEWER_REDUCED_MOTION"] = "0"
    command = [sys.executable, str(_INSIDE), "travel", str(seconds), str(leg)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        try:
            for line in program.stdout:
                yield json.loads(line)
            assert program.wait(_SLACK_S) == 0, "the program ended badly"
        finally:
            if program.poll() is None:
                program.kill()


def _write(record: Path, stretches: list[list[Sample]]) -> dict[str, Any]:
    grown = [round(growth_percent(stretch), 2) for stretch in stretches if stretch]
    text = {"seconds": round(travelled_s(stretches), 1), "growth_percent": grown, "stretches": stretches}
    record.parent.mkdir(parents=True, exist_ok=True)
    beside = record.with_suffix(".part")
    beside.write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")
    beside.replace(record)
    return text
