"""What a tool of the map can do."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from viewer.map.mouse import MapMouse


class Tool(Protocol):
    """Makes something of clicks and of the pointer's rest; the map itself pans, zooms and turns."""

    def clicked(self, mouse: MapMouse) -> None:
        """Take a click with the left button, pressed and released in one place."""
        ...

    def hovered(self, mouse: MapMouse | None) -> None:
        """Take the pointer's new place, or None when it left or a drag began."""
        ...

    def shutdown(self) -> None:
        """Let go of timers and pending questions."""
        ...


class DrawingTool(Protocol):
    """Takes clicks, drags and keys before anything else does, and paints over the map.

    What it does not take moves the map as ever; the pointer's rest still finds what lies beneath it.
    """

    def pressed(self, mouse: MapMouse) -> bool:
        """Take the left button going down; return whether the drag that may follow is the tool's."""
        ...

    def moved(self, mouse: MapMouse) -> None:
        """Take the pointer's new place, with the button down or not."""
        ...

    def released(self, mouse: MapMouse) -> None:
        """Take the button coming up after a press that was the tool's."""
        ...

    def clicked(self, mouse: MapMouse) -> None:
        """Take a click, pressed and released in one place, whose press was not the tool's."""
        ...

    def double_clicked(self, mouse: MapMouse) -> bool:
        """Take the second press of a double click, whose first was a click; return whether it meant something."""
        ...

    def key(self, key: Qt.Key) -> bool:
        """Take a key without modifiers; return whether it meant something."""
        ...

    def cancel(self) -> bool:
        """Undo what is under way; return whether there was something."""
        ...

    def paint(self, painter: QPainter) -> None:
        """Paint over the map, in logical pixels of the view."""
        ...
