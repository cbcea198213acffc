"""A recorded tour of half a minute: how evenly frames follow each other, what each costs, how soon it is sharp."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.speed.window import medians


def measure(*, runs: int = 5, files: Sequence[Path] = ()) -> dict[str, float]:
    """Return medians over several tours, in milliseconds.

    Intervals lie between the ends of two paint events of the map; a frame's work is all processor time of the window's
    thread from one frame's end to the next. Files are layers that are on the map all the while.
    """
    return medians("tour", runs=runs, files=files)
