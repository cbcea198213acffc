"""Opening and saving documents as work for a process of its own; loads no geometry library before that."""

from __future__ import annotations

from collections.abc import Callable

from geodata.document_request import Merged, MergeRequest, OpenRequest, Saved, SaveRequest, Unpacked
from geodata.reading.outcome import Progress

Request = SaveRequest | OpenRequest | MergeRequest


def carry_out(request: Request, tell: Callable[[Progress], None]) -> Saved | Unpacked | Merged:
    """Save, open or merge a document, as `document_file`, `document_opening` and `document_merging` do."""
    if isinstance(request, MergeRequest):
        from geodata.document_merging import merge_working_copy

        return merge_working_copy(request, tell)
    if isinstance(request, OpenRequest):
        from geodata.document_opening import unpack

        return unpack(request, tell)
    from geodata.document_file import save

    return save(request, tell)
