"""Labels drawn into a still picture."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from viewer.engine.messages import LabelSet
from viewer.model.camera import Viewport
from viewer.model.label_placing import screen_positions


def bake(painter: QPainter, labels: LabelSet, atlas_image: QImage, viewport: Viewport, *, scale: float) -> None:
    """Draw labels into a picture, where the window would show them at rest.

    Leaves the painter as it was.

    Parameters
    ----------
    painter
        Open on the picture, in logical pixels: one unit is `scale` device pixels.
    labels
        Placed for this very viewport.
    atlas_image
        The image of the atlas that the labels belong to.
    viewport
        The picture's view.
    scale
        Device pixels per logical pixel.
    """
    positions, angles = screen_positions(labels, viewport, placed_bearing_deg=viewport.camera.bearing_deg)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    pieces = zip(positions.tolist(), angles.tolist(), labels.sources.tolist(), labels.turning.tolist(), strict=True)
    for (x, y), angle_deg, (left, top, width, height), turning in pieces:
        source = QRectF(left, top, width, height)
        target = QRectF(-width / scale / 2, -height / scale / 2, width / scale, height / scale)
        if not turning:
            painter.drawImage(target.translated(x, y), atlas_image, source)
            continue
        painter.save()
        painter.translate(QPointF(x, y))
        painter.rotate(angle_deg)
        painter.drawImage(target, atlas_image, source)
        painter.restore()
    painter.restore()
