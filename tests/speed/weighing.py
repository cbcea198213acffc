"""Weighs the window's process and all that it started."""

from __future__ import annotations

import os
from pathlib import Path


def weigh(window, canvas, done) -> None:
    """Note what each process holds: RSS counts shared pages in full, PSS its share of them."""
    del window, canvas
    done(weights(os.getpid()))


def weights(pid: int) -> dict[str, float]:
    """Return megabytes of a process and its children, by name and together."""
    pids = [pid, *_children(pid)]
    each = [_rollup(one) for one in pids]
    return {
        "window_rss_mb": each[0]["Rss"],
        "window_pss_mb": each[0]["Pss"],
        "engine_rss_mb": max((one["Rss"] for one in each[1:]), default=0.0),
        "engine_pss_mb": max((one["Pss"] for one in each[1:]), default=0.0),
        "all_rss_mb": sum(one["Rss"] for one in each),
        "all_pss_mb": sum(one["Pss"] for one in each),
        "processes": float(len(each)),
    }


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            found += [int(child), *_children(int(child))]
    return found


def _rollup(pid: int) -> dict[str, float]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    pairs = (line.split()[:2] for line in lines)
    return {name.rstrip(":"): int(kilobytes) / 1024 for name, kilobytes in pairs}
