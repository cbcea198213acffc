"""Placing finished pictures under the current camera."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from viewer.engine.messages import PictureRequest
from viewer.model.camera import Viewport
from viewer.model.palette import Palette


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A finished picture: its pixels and what was asked for."""

    image: QImage
    request: PictureRequest

    def placing(self, viewport: Viewport) -> QTransform:
        """Return the transform from the picture's device pixels to logical pixels of a view."""
        request, camera = self.request, viewport.camera
        transform = QTransform()
        transform.translate(*viewport.to_screen(request.camera.x, request.camera.y))
        transform.rotate(request.camera.bearing_deg - camera.bearing_deg)
        grown = request.camera.metres_per_pixel / camera.metres_per_pixel
        transform.scale(grown, grown)
        transform.translate(-request.width_px / 2, -request.height_px / 2)
        return transform.scale(1 / request.scale, 1 / request.scale)

    def covers(self, viewport: Viewport) -> bool:
        """Return whether the picture reaches beyond every corner of a view."""
        to_picture, invertible = self.placing(viewport).inverted()
        if not invertible:
            return False
        frame = QRectF(-0.01, -0.01, self.image.width() + 0.02, self.image.height() + 0.02)
        right, bottom = viewport.width_px, viewport.height_px
        corners = (QPointF(0, 0), QPointF(right, 0), QPointF(0, bottom), QPointF(right, bottom))
        return all(frame.contains(to_picture.map(corner)) for corner in corners)


class Backdrop:
    """What the view shows under its overlays: the newest picture, and beneath it one of the whole Arctic.

    Attributes
    ----------
    newest : ShownPicture or None
        The newest finished picture of the view.
    whole : ShownPicture or None
        A coarse picture of everything, which fills the edges until a picture has caught up.
    """

    def __init__(self) -> None:
        self.newest: ShownPicture | None = None
        self.whole: ShownPicture | None = None

    def paint(self, painter: QPainter, viewport: Viewport, palette: Palette, *, smooth: bool) -> None:
        """Paint the pictures, placed for a view; one of its own scale and bearing comes out pixel by pixel.

        Parameters
        ----------
        painter
            In logical pixels of the view; its transform is put back.
        viewport
            The view.
        palette
            For what no picture shows.
        smooth
            Whether a picture that does not fit exactly is resampled smoothly, which takes longer.
        """
        before = painter.transform()
        newest = self.newest
        if newest is None or not newest.covers(viewport):
            self._paint_beneath(painter, viewport, palette, smooth=smooth)
        if newest is not None:
            # Where the transform comes out as a mere shift, Qt copies whole pixels, smooth or not.
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.setTransform(newest.placing(viewport))
            painter.drawImage(0, 0, newest.image)
        painter.setTransform(before)

    def _paint_beneath(self, painter: QPainter, viewport: Viewport, palette: Palette, *, smooth: bool) -> None:
        area = QRectF(0, 0, viewport.width_px, viewport.height_px)
        if self.whole is None:
            painter.fillRect(area, QColor(*palette.rgba("sea")))
            return
        painter.fillRect(area, QColor(*palette.rgba("outside")))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.setTransform(self.whole.placing(viewport))
        painter.drawImage(0, 0, self.whole.image)
