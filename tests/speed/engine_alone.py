"""The engine as an object in this process, without a window."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viewer.engine.engine import Engine

RESOURCES = Path(__file__).parents[2] / "resources"
_kept: list[object] = []


def engine() -> Engine:
    """Return the one engine of this process; it paints nowhere but into images."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    from viewer.engine.engine import Engine

    if not _kept:
        _kept.extend((QGuiApplication.instance() or QGuiApplication([]), Engine(RESOURCES)))
    found = _kept[1]
    assert isinstance(found, Engine)
    return found
