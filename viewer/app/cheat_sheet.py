"""Keys and gestures on one sheet, made from the table of actions."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from viewer.app.actions import ACTIONS, MAP_INPUTS, keys_of

Line = tuple[tuple[str, ...], str]

_SHARE = 0.9  # of the screen, at most
_SCROLL_BAR_PX = 16


def lines() -> dict[str, list[Line]]:
    """Return, by heading, what a person can do and by which keys or gestures."""
    groups: dict[str, list[Line]] = {}
    for entry in MAP_INPUTS:
        groups.setdefault(entry.group, []).append((entry.inputs, entry.text))
    for spec in ACTIONS:
        keys = keys_of(spec)
        if keys:
            groups.setdefault(spec.group, []).append((keys, spec.text))
    return groups


class CheatSheet(QDialog):
    """A sheet beside the work, not in front of it: it blocks nothing, and Esc or ? closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys and gestures")
        self.setModal(False)
        sheet = QWidget()
        row = QHBoxLayout(sheet)
        row.setContentsMargins(24, 20, 24, 24)
        row.setSpacing(40)
        for heading, entries in lines().items():
            row.addLayout(_column(heading, entries))
        area = QScrollArea()
        area.setAccessibleName("Keys and gestures")
        area.setWidget(sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        room = self.screen().availableSize() * _SHARE
        whole = sheet.sizeHint()
        is_whole = whole.width() <= room.width() and whole.height() <= room.height()
        self.resize(whole if is_whole else (whole + QSize(_SCROLL_BAR_PX, _SCROLL_BAR_PX)).boundedTo(room))


def _column(heading: str, entries: Iterable[Line]) -> QVBoxLayout:
    title = QLabel(heading)
    title.setObjectName("cheatHeading")
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    for number, (keys, text) in enumerate(entries):
        caps = QHBoxLayout()
        caps.setSpacing(4)
        for key in keys:
            cap = QLabel(key)
            cap.setObjectName("keyCap")
            caps.addWidget(cap)
        caps.addStretch(1)
        grid.addLayout(caps, number, 0)
        grid.addWidget(QLabel(text), number, 1, Qt.AlignmentFlag.AlignVCenter)
    column = QVBoxLayout()
    column.setSpacing(12)
    column.addWidget(title)
    column.addLayout(grid)
    column.addStretch(1)
    return column
