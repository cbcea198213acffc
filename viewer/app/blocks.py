"""What the window shows until it is furnished: blocks of colour, and the map of the last time where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from viewer.model.palette import Palette

if TYPE_CHECKING:
    from viewer.app.keepsake import Keepsake

DOCK_WIDTHS = (288, 400)
"""How wide the panels at the left and at the right are at first, in logical pixels."""

_BAR_HEIGHT, _STATUS_HEIGHT = 44, 24  # about what they come out as


def paint_blocks(window: QWidget, palette: Palette, keepsake: Keepsake | None) -> None:
    """Paint blocks of colour where bar, panels and map will be; a map of the last time where it will be again."""
    painter = QPainter(window)
    left, right = DOCK_WIDTHS
    middle = window.rect().adjusted(0, _BAR_HEIGHT, 0, -_STATUS_HEIGHT)
    painter.fillRect(window.rect(), QColor(palette.css("ui_window")))
    painter.fillRect(middle, QColor(palette.css("ui_panel")))
    painter.fillRect(QRect(middle).adjusted(left, 0, -right, 0), QColor(palette.css("sea")))
    if keepsake is not None:
        painter.drawImage(keepsake.at, keepsake.image)
    painter.end()
