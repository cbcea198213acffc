"""How much memory processes hold."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")


def resident_mb(processes: Iterable[int]) -> float | None:
    """Return the resident memory of processes together, in megabytes; None where the system does not tell.

    Pages that several share count once for each. Processes that are gone count nothing.
    """
    if not _PROC.is_dir() or not hasattr(os, "sysconf"):
        return None
    pages = 0
    for process in processes:
        with suppress(OSError, ValueError, IndexError):
            pages += int((_PROC / str(process) / "statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def children(process: int) -> tuple[int, ...]:
    """Return the processes that a process started and that live, theirs too; none where the system does not tell."""
    found: list[int] = []
    with suppress(OSError, ValueError):
        for task in (_PROC / str(process) / "task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                found += [int(child), *children(int(child))]
    return tuple(found)
