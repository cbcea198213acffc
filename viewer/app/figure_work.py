"""Drawing a figure as work for a process of its own; loads no painting until that process does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.errors import GeodataError
from geodata.reading.outcome import Progress
from geodata.writing.request import part_of
from viewer.map.overlays.drawn_lines import Drawing, paint_drawing
from viewer.model.camera import Viewport
from viewer.model.figure import FigureSpec
from viewer.model.layer import LayerStack
from viewer.model.palette import Palette, ThemeName

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_ADVICE = "Is the folder there, is there room on the disk, and may you write to it?"


@dataclass(frozen=True, slots=True)
class FigureRequest:
    """Ask for a figure.

    Attributes
    ----------
    path : Path
        The new file; one that is there is replaced in one step when the new one is whole.
    resources : Path
        The folder of the built-in map.
    stack, theme, seen
        What is drawn: the layers in their looks, the colours, and the view.
    spec : FigureSpec
        What the page is like.
    citations : tuple of str
        Written into a text file beside the figure, a line each; empty for no such file.
    drawings : tuple of Drawing
        What is drawn over the map.
    """

    path: Path
    resources: Path
    stack: LayerStack
    theme: ThemeName
    seen: Viewport
    spec: FigureSpec
    citations: tuple[str, ...] = ()
    drawings: tuple[Drawing, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureDrawn:
    """The figure is there."""


def carry_out(request: FigureRequest, tell: Callable[[Progress], None]) -> FigureDrawn:
    """Draw a figure; it is there as a whole or not at all.

    Raises
    ------
    GeodataError
        Where it cannot be written.
    """
    from PySide6.QtGui import QGuiApplication

    from viewer.engine import figure
    from viewer.engine.engine import Engine
    from viewer.engine.messages import LookChange

    def paint_further(painter: QPainter, viewport: Viewport, palette: Palette) -> None:
        for drawing in request.drawings:
            paint_drawing(painter, drawing, viewport, palette)

    tell(Progress(f"Drawing {request.path.name}"))
    application = QGuiApplication(["arctic-map-figure", "-platform", "offscreen"])
    engine = Engine(request.resources)
    engine.set_look(LookChange(request.stack, request.theme, 1))
    part = part_of(request.path)
    try:
        if not figure.draw(engine, request.seen, request.spec, part, paint_further=paint_further):
            raise GeodataError("The figure cannot be written.", where=request.path.name, advice=_ADVICE)
        if request.citations:
            words = "\n".join(request.citations) + "\n"
            sources_beside(request.path).write_text(words, encoding="utf-8")
        part.replace(request.path)
    except OSError as error:
        what = f"The figure cannot be written ({error})."
        raise GeodataError(what, where=request.path.name, advice=_ADVICE) from error
    finally:
        part.unlink(missing_ok=True)
    del application
    return FigureDrawn()


def sources_beside(path: Path) -> Path:
    """Return the text file that a figure's sources are written into."""
    return path.with_name(f"{path.stem} – sources.txt")
