"""What every painter needs to know of the picture it paints."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtGui import QColor, QPainter, QTransform

from geodata.extent import Extent
from viewer.engine.scene import LEVEL_PIXELS, clip_around
from viewer.model.camera import Viewport
from viewer.model.palette import Palette


@dataclass(frozen=True)
class PictureView:
    """The view of one picture.

    Attributes
    ----------
    viewport : Viewport
        Camera and size in logical pixels.
    scale : float
        Device pixels per logical pixel.
    palette : Palette
        The theme's colours.
    """

    viewport: Viewport
    scale: float
    palette: Palette

    @cached_property
    def transform(self) -> QTransform:
        """Map metres → device pixels."""
        return QTransform(*self.viewport.affine) * QTransform.fromScale(self.scale, self.scale)

    @cached_property
    def extent(self) -> Extent:
        """Everything in view, with room for strokes and symbols at the rim."""
        return self.viewport.extent.grown(24 * self.metres_per_pixel)

    @cached_property
    def clip(self) -> Extent:
        """The rectangle that large shapes are cut to."""
        return clip_around(self.extent)

    @property
    def metres_per_pixel(self) -> float:
        """Map metres per logical pixel."""
        return self.viewport.camera.metres_per_pixel

    @property
    def tolerance_m(self) -> float:
        """By how many map metres a line may be off in this picture."""
        return LEVEL_PIXELS * self.metres_per_pixel / self.scale

    def colour(self, name: str) -> QColor:
        """Return a colour of the palette."""
        return QColor(*self.palette.rgba(name))

    def begin(self, painter: QPainter, opacity: float) -> None:
        """Let a painter work in map metres."""
        painter.setTransform(self.transform)
        painter.setOpacity(opacity)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
