"""Writing as work for a process of its own; loads no geometry library until that process does it."""

from __future__ import annotations

from collections.abc import Callable

from geodata.reading.outcome import Progress
from geodata.writing.request import WriteRequest, Written


def carry_out(request: WriteRequest, tell: Callable[[Progress], None]) -> Written:
    """Write what is asked for, as `geodata.writing.write.write` does."""
    from geodata.writing.write import write

    return write(request, tell)
