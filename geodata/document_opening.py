"""A document → a working copy of it, with what other programs changed in it. To be used in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Callable

from geodata import document_outside, geopackage, history
from geodata.annotation_edits import TABLE as ANNOTATIONS
from geodata.document_file import LAYERS, layer_tables, origin_of, reading, stem_of
from geodata.document_layers import unpack_layer
from geodata.document_request import OpenRequest, Unpacked, stamp_of
from geodata.journal import Journal
from geodata.reading.outcome import Progress


def unpack(request: OpenRequest, tell: Callable[[Progress], None]) -> Unpacked:
    """Make a working copy of a document: a journal, and the files of each layer, in the request's folder.

    Raises
    ------
    DocumentError
        Where the file is no document, is damaged, or is from a newer version.
    """
    tell(Progress(f"Opening {request.path.name}"))
    stamp = stamp_of(request.path)
    with reading(request.path) as connection:
        damaged = history.damages(connection)
        outside, problems = document_outside.edit_of(connection, where=request.path.name)
        journal = Journal(request.folder / "journal.sqlite", who=document_outside.WHO)
        try:
            journal.load(request.path)
            journal.set_meta(path="", stamp="")
            lost = bool(outside.rows_of(LAYERS))
            if lost:
                journal.forget_steps()  # some lead to layers that are no more
            if outside.rows:
                journal.commit(outside, is_step=not lost)
            rows = dict.fromkeys(journal.texts_on_stack(LAYERS))
            for text in journal.texts_on_stack(ANNOTATIONS):
                json.loads(text)
        finally:
            journal.close()
        tables = {entry.stem: entry.table for entry in layer_tables(connection)}
        for origin in {origin["prepared"]: origin for origin in map(origin_of, rows)}.values():
            stem = stem_of(origin, where=request.path.name)
            if not origin["frame"]:
                continue
            features = geopackage.read_features(connection, tables.get(stem, stem), where=request.path.name)
            unpack_layer(features, origin, request.folder, stem)
    return Unpacked(request.folder / "journal.sqlite", stamp, (*damaged, *problems), has_news=bool(outside.rows))
