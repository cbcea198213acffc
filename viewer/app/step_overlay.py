"""A step's viewpoint and date, drawn over the map that it is played on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QPainter

from viewer.app.step_drawing import drawings_of
from viewer.map.canvas import Canvas
from viewer.map.overlays.drawn_lines import paint_drawing
from viewer.map.overlays.overlay import Overlay
from viewer.modes.player import StoryPlayer
from viewer.session import Session

_ABOVE_LABELS_Z = 22.0
_CAPTION_PX = 28.0  # one caption stands below the other


def put_on(canvas: Canvas, session: Session, player: StoryPlayer, *, facts: Path) -> None:
    """Draw on a canvas, from now on, what the step says that a player is at.

    Parameters
    ----------
    canvas, session
        The map, and whose view it shows.
    player
        Plays the story.
    facts
        The folder of tables of facts.
    """

    def paint(painter: QPainter) -> None:
        if player.step is None:
            return
        for drawing in drawings_of(player.step, facts):
            paint_drawing(painter, drawing, session.viewport, session.palette)
            painter.translate(0.0, _CAPTION_PX if drawing.caption else 0.0)

    canvas.add_overlay(Overlay(paint, z=_ABOVE_LABELS_Z))
    player.step_changed.connect(lambda _index: canvas.viewport().update())
