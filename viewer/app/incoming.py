"""What people drop on the window or paste into it: files, or places and shapes as text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

_LONGEST_TEXT = 50_000_000
_SHAPES = ("POINT", "LINESTRING", "POLYGON", "MULTI", "GEOMETRYCOLLECTION", "SRID=")


def paths_in(data: QMimeData) -> tuple[Path, ...]:
    """Return the files of this machine that were dropped or copied."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


def ending_of(text: str) -> str:
    """Return which kind of file a text would make: ``.geojson``, ``.wkt``, ``.csv``, or an empty text for none."""
    start = text.lstrip("\ufeff \t\r\n")
    if len(text) > _LONGEST_TEXT:
        return ""
    if start.startswith("{"):
        return ".geojson" if _is_geojson(start) else ""
    if start.upper().startswith(_SHAPES):
        return ".wkt"
    first = start.partition("\n")[0]
    return ".csv" if "\n" in start.strip() and any(sign in first for sign in "\t;,") else ""


def kept(text: str, folder: Path) -> Path:
    """Write a pasted text into a folder and return the file; the same text makes the same file.

    Raises
    ------
    OSError
        Where it cannot be written.
    """
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    path = folder / f"Pasted {mark}{ending_of(text)}"
    path.write_text(text.replace("\r\n", "\n"), encoding="utf-8")
    return path


class DropTarget(QObject):
    """Lets files be dropped anywhere on a window.

    Parameters
    ----------
    window
        Where they may be dropped.
    take
        What is done with what was dropped; returns whether it could be used.
    """

    def __init__(self, window: QWidget, take: Callable[[QMimeData], bool]) -> None:
        super().__init__(window)
        self._take = take
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Welcome what could be opened, and take it."""
        if isinstance(event, QDropEvent) and event.type() in _DRAGS:
            data = event.mimeData()
            if not (paths_in(data) or ending_of(data.text())):
                return False
            if not isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.Drop:
                self._take(data)
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)


_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


def _is_geojson(text: str) -> bool:
    try:
        table = json.loads(text)
    except (ValueError, RecursionError):
        return False
    kinds = {"Feature", "FeatureCollection", "GeometryCollection", *("Point", "LineString", "Polygon")}
    kinds |= {f"Multi{kind}" for kind in ("Point", "LineString", "Polygon")}
    return isinstance(table, dict) and table.get("type") in kinds
