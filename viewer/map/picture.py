"""Placing finished pictures under the current camera."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QRegion, QTransform

from viewer.engine.messages import PictureRequest
from viewer.model.camera import Viewport
from viewer.model.palette import Palette

_SEAM_PX = 2.0
"""How far the picture beneath reaches under the edge of the newest one, so that no gap shows between them."""


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
        return _covers(self.image, self.placing(viewport), viewport)

    def left_bare(self, viewport: Viewport) -> QRegion:
        """Return what of a view the picture leaves to others, in logical pixels, and a little more at the seam."""
        view = QRegion(_frame(viewport))
        grown = self.request.camera.metres_per_pixel / viewport.camera.metres_per_pixel
        seam = math.ceil(_SEAM_PX * self.request.scale / grown)
        inner = self.image.rect().adjusted(seam, seam, -seam, -seam)
        if inner.isEmpty():
            return view
        placing = self.placing(viewport)
        if self.request.camera.bearing_deg == viewport.camera.bearing_deg:
            return view - QRegion(placing.mapRect(QRectF(inner)).toRect())
        return view - QRegion(placing.mapToPolygon(inner))


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
        newest = self.newest
        if newest is None:
            self._paint_beneath(painter, viewport, palette, QRegion(_frame(viewport)), smooth=smooth)
            return
        placing = newest.placing(viewport)
        if not _covers(newest.image, placing, viewport):
            self._paint_beneath(painter, viewport, palette, newest.left_bare(viewport), smooth=smooth)
        _draw(painter, newest.image, placing, smooth=smooth)

    def _paint_beneath(
        self, painter: QPainter, viewport: Viewport, palette: Palette, bare: QRegion, *, smooth: bool
    ) -> None:
        """Fill what the newest picture leaves bare and no more: each pixel painted twice is time lost."""
        painter.save()
        painter.setClipRegion(bare)
        if self.whole is None:
            painter.fillRect(bare.boundingRect(), QColor(*palette.rgba("sea")))
        else:
            placing = self.whole.placing(viewport)
            if not _covers(self.whole.image, placing, viewport):
                painter.fillRect(bare.boundingRect(), QColor(*palette.rgba("outside")))
            _draw(painter, self.whole.image, placing, smooth=smooth)
        painter.restore()


def _draw(painter: QPainter, image: QImage, placing: QTransform, *, smooth: bool) -> None:
    before = painter.transform()
    # Where the transform comes out as a mere shift, Qt copies whole pixels, smooth or not.
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.setTransform(placing)
    painter.drawImage(0, 0, image)
    painter.setTransform(before)


def _covers(image: QImage, placing: QTransform, viewport: Viewport) -> bool:
    to_picture, invertible = placing.inverted()
    if not invertible:
        return False
    frame = QRectF(-0.01, -0.01, image.width() + 0.02, image.height() + 0.02)
    right, bottom = viewport.width_px, viewport.height_px
    corners = (QPointF(0, 0), QPointF(right, 0), QPointF(0, bottom), QPointF(right, bottom))
    return all(frame.contains(to_picture.map(corner)) for corner in corners)


def _frame(viewport: Viewport) -> QRect:
    return QRect(0, 0, math.ceil(viewport.width_px), math.ceil(viewport.height_px))
