"""What one canvas has asked of the engine and not been given yet."""

from __future__ import annotations

from dataclasses import dataclass

from viewer.engine.messages import PictureRequest
from viewer.slots import Slots


@dataclass(eq=False)
class PendingPictures:
    """At most one request that the engine has, and the newest of those that came after it.

    Attributes
    ----------
    slots : Slots
        The memory that the canvas's pictures are painted into.
    in_flight, waiting : PictureRequest or None
        What the engine has, and what it gets next.
    showing : str
        The slot on the screen; empty for none.
    is_closed : bool
        Whether the canvas is gone and only the memory waits for the engine.
    """

    slots: Slots
    in_flight: PictureRequest | None = None
    waiting: PictureRequest | None = None
    showing: str = ""
    is_closed: bool = False
