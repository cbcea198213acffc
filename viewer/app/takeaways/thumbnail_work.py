"""Small pictures of steps as work for a process of its own; loads no painting until that process does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from geodata.reading.outcome import Progress
from viewer.app.takeaways.talk import Talk

SIZE_PX = (252, 144)
STAGE_PX = 432
"""So few logical pixels high that what stands on the map can be told apart."""


@dataclass(frozen=True, slots=True)
class ThumbnailRequest:
    """Ask for pictures of the steps of a talk that holds only those that are wanted.

    Attributes
    ----------
    path : Path
        A name for it; nothing is written.
    resources : Path
        The folder of the built-in map.
    talk : Talk
        Its steps are drawn, in its colours.
    """

    path: Path
    resources: Path
    talk: Talk


@dataclass(frozen=True, slots=True)
class Thumbnails:
    """The pictures, in the order of the steps: rows of RGB32 pixels, `SIZE_PX` wide and high."""

    pixels: tuple[bytes, ...]


def carry_out(request: ThumbnailRequest, tell: Callable[[Progress], None]) -> Thumbnails:
    """Draw the pictures; tells no progress."""
    from PySide6.QtGui import QGuiApplication

    from viewer.app.takeaways.pictures import StepPainter

    application = QGuiApplication(["arctic-map-thumbnails", "-platform", "offscreen"])
    painter = StepPainter(request.talk, request.resources)
    images = (
        painter.paint(step, SIZE_PX, with_words=step.kind != "map", stage_px=STAGE_PX)
        for step in request.talk.story.steps
    )
    found = tuple(bytes(image.constBits()) for image in images)
    del application
    return Thumbnails(found)
