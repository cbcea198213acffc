"""What a tool of the map can do."""

from __future__ import annotations

from typing import Protocol

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
