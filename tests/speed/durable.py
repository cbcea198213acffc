"""How long an edit takes to be on the disk, and a large document to be saved, each beside a plain rival."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from geodata.document_request import SaveRequest
from geodata.document_work import carry_out
from geodata.edits import Edit, Row
from geodata.journal import Journal
from tests.speed.window import share

_EDITS = 500
_ANNOTATIONS = 10_000


def measure(*, runs: int = 5) -> dict[str, float]:
    """Return milliseconds: of edits beside bare commits of the same text, and of a save of 10,000 annotations."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with closing(Journal(folder / "journal.sqlite")) as journal:
            ours = [_milliseconds(lambda number=number: _edit(journal, number)) for number in range(_EDITS)]
        with closing(sqlite3.connect(folder / "bare.sqlite", isolation_level=None)) as bare:
            for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "CREATE TABLE t (v TEXT)"):
                bare.execute(statement)
            theirs = [
                _milliseconds(lambda number=number: bare.execute("INSERT INTO t VALUES (?)", (_text(number),)))
                for number in range(_EDITS)
            ]
        saves = [_save(folder / f"save-{run}") for run in range(runs)]
    found = {"edit_p50_ms": share(ours, 50), "edit_p99_ms": share(ours, 99), "edit_max_ms": max(ours)}
    found |= {"bare_commit_p50_ms": share(theirs, 50), "bare_commit_p99_ms": share(theirs, 99)}
    found["edit_over_bare_commit"] = share(ours, 50) / share(theirs, 50)
    return found | {"save_10000_annotations_ms": sorted(saves)[len(saves) // 2]}


def _save(folder: Path) -> float:
    folder.mkdir()
    with closing(Journal(folder / "journal.sqlite")) as journal:
        rows = tuple(Row("annotations", f"n{number}", None, _text(number)) for number in range(_ANNOTATIONS))
        journal.commit(Edit("add annotations", rows))
        request = SaveRequest(folder / "saved.arcticmap", journal.path, folder)
        return _milliseconds(lambda: carry_out(request, lambda _progress: None))


def _edit(journal: Journal, number: int) -> None:
    journal.commit(Edit("add annotation", (Row("annotations", f"n{number}", None, _text(number)),)))


def _text(number: int) -> str:
    properties = {"id": f"n{number}", "title": f"Note {number}", "kind": "note", "voice": "own", "body": "Words. " * 30}
    place = {"type": "Point", "coordinates": [number / 100 - 50, 70.0]}
    return json.dumps({"type": "Feature", "id": f"n{number}", "properties": properties, "geometry": place})


def _milliseconds(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1000
