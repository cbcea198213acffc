"""Opening and saving documents as work for a process of its own; loads no geometry library before that."""

from __future__ import annotations

from collections.abc import Callable

from geodata.document_request import OpenRequest, Saved, SaveRequest, Unpacked
from geodata.reading.outcome import Progress


def carry_out(request: SaveRequest | OpenRequest, tell: Callable[[Progress], None]) -> Saved | Unpacked:
    """Save or open a document, as `geodata.document_file` does."""
    from geodata.document_file import save, unpack

    return save(request, tell) if isinstance(request, SaveRequest) else unpack(request, tell)
