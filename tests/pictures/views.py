"""The named views of the shipped map, painted as the window would show them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QImage

from viewer.engine.engine import Engine
from viewer.engine.messages import LookChange
from viewer.engine.still import paint_still
from viewer.model.layer import LayerStack
from viewer.model.palette import ThemeName
from viewer.model.views import VIEW_NAMES, named_view

WIDTH_PX, HEIGHT_PX = 1920, 1080
THEMES: tuple[ThemeName, ...] = ("light", "dark")


@dataclass(frozen=True, slots=True)
class NamedPicture:
    """Which picture: a named view in a theme."""

    view: str
    theme: ThemeName


ALL = tuple(NamedPicture(view, theme) for view in VIEW_NAMES for theme in THEMES)


def paint(engine: Engine, stack: LayerStack, which: NamedPicture) -> QImage:
    """Paint a named view of a stack at 1920 × 1080."""
    engine.set_look(LookChange(stack, which.theme, engine.revision + 1))
    camera = named_view(which.view, width_px=WIDTH_PX, height_px=HEIGHT_PX)
    return paint_still(engine, camera, width_px=WIDTH_PX, height_px=HEIGHT_PX)
