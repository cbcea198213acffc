"""Whole pictures at once: map, labels and what stands on the map, as the window shows them at rest."""

from __future__ import annotations

from PySide6.QtGui import QImage, QPainter

from viewer.engine.engine import Engine
from viewer.engine.furniture import paint_furniture
from viewer.engine.labels_baking import bake
from viewer.engine.messages import PictureRequest
from viewer.model.camera import Camera, Viewport


def paint_still(engine: Engine, camera: Camera, *, width_px: int, height_px: int, scale: float = 1.0) -> QImage:
    """Return a picture of a view.

    Parameters
    ----------
    engine
        Paints its stack in its theme.
    camera
        The view.
    width_px, height_px
        Size in logical pixels.
    scale
        Device pixels per logical pixel of the returned image.
    """
    request = PictureRequest(
        canvas="still",
        serial=0,
        camera=camera,
        width_px=width_px,
        height_px=height_px,
        scale=scale,
        slot="",
        labels_width_px=width_px,
        labels_height_px=height_px,
    )
    image, labels = engine.still(request)
    viewport = Viewport(camera, width_px, height_px)
    painter = QPainter(image)
    painter.scale(scale, scale)
    bake(painter, labels, engine.atlas.image, viewport, scale=scale)
    paint_furniture(painter, viewport, engine.palette, attribution=engine.attribution)
    painter.end()
    return image
