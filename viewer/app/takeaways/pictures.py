"""A step as a picture: the map as the audience sees it, by the painters of the window."""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from viewer.app.step_drawing import drawings_of
from viewer.app.takeaways.talk import Talk
from viewer.engine.engine import Engine
from viewer.engine.furniture import paint_furniture
from viewer.engine.halo_text import broken, draw_text
from viewer.engine.labels_baking import bake
from viewer.engine.messages import FeatureRequest, LookChange, PictureRequest
from viewer.map.overlays.drawn_lines import paint_drawing
from viewer.map.overlays.highlights import paint_glow
from viewer.model.camera import Camera, Viewport
from viewer.model.legend import legend_of
from viewer.model.palette import Palette, ThemeName
from viewer.model.story import StoryStep

STAGE_HEIGHT_PX = 1080
"""The height in logical pixels at which the map's type is as large as on stage."""

_MARGIN_PX, _EDGE_PX, _FOOT_PX = 32.0, 22.0, 52.0
_BLOCK_SHARE, _COVER_SHARE = 0.52, 0.7
_TITLE_PX, _CAPTION_PX, _COVER_PX, _COVER_CAPTION_PX = 34.0, 22.0, 64.0, 30.0
_LEADING = 1.35
_STRIPE_PX = 6.0
_CAPTION_LINE_PX = 28.0  # one caption stands below the other

Line = tuple[str, float, int]


class StepPainter:
    """Paints steps of a talk.

    Parameters
    ----------
    talk
        The talk.
    resources
        The folder of the built-in map.
    theme
        Other colours than the talk's.
    """

    def __init__(self, talk: Talk, resources: Path, *, theme: ThemeName | None = None) -> None:
        self._talk = talk
        self._facts = resources / "facts"
        self._theme: ThemeName = theme or talk.theme
        self.engine = Engine(resources)
        self.engine.set_look(LookChange(talk.stack, self._theme, 1))

    @property
    def palette(self) -> Palette:
        """The colours that are painted with."""
        return self.engine.palette

    def camera(self, step: StoryStep, size: tuple[int, int], *, with_words: bool) -> Camera:
        """Return the view of a step in logical pixels; its title and caption cover none of it."""
        covered = size[1] - _block(step, size).top() if with_words and step.kind == "map" else 0.0
        return step.view.camera(*size, covered_px=(0.0, covered))

    def paint(
        self,
        step: StoryStep,
        size_px: tuple[int, int],
        *,
        with_words: bool,
        camera: Camera | None = None,
        stage_px: int = STAGE_HEIGHT_PX,
    ) -> QImage:
        """Return a picture of a step.

        Parameters
        ----------
        step
            What is shown; layers and features that are gone are passed over.
        size_px
            Width and height in pixels.
        with_words
            Whether title and caption stand on it.
        camera
            Another view than the step's, as on a flight there, in logical pixels.
        stage_px
            How many logical pixels make its height; the fewer, the larger is its type.
        """
        scale = max(size_px[1] / stage_px, size_px[0] / (2.5 * stage_px))
        size = math.ceil(size_px[0] / scale), math.ceil(size_px[1] / scale)
        camera = camera or self.camera(step, size, with_words=with_words)
        engine = self.engine
        engine.set_look(LookChange(step.stack(self._talk.stack), self._theme, engine.revision + 1))
        request = PictureRequest("story", 0, camera, *size, scale, "", *size)
        image, labels = engine.still(request)
        viewport = Viewport(camera, *size)
        painter = QPainter(image)
        painter.scale(scale, scale)
        bake(painter, labels, engine.atlas.image, viewport, scale=scale)
        painter.end()
        image.setDevicePixelRatio(scale)  # what follows is painted as in a window
        painter = QPainter(image)
        self._paint_rest(painter, step, viewport, with_words=with_words)
        painter.end()
        image.setDevicePixelRatio(1.0)
        return image.copy(0, 0, *size_px)

    def _paint_rest(self, painter: QPainter, step: StoryStep, viewport: Viewport, *, with_words: bool) -> None:
        engine, mpp = self.engine, viewport.camera.metres_per_pixel
        hits = engine.find(FeatureRequest(0, step.features, mpp)).hits if step.features else ()
        paint_glow(painter, hits, viewport, self.palette, engine.stack)
        painter.save()
        for drawing in drawings_of(step, self._facts):
            paint_drawing(painter, drawing, viewport, self.palette)
            painter.translate(0.0, _CAPTION_LINE_PX if drawing.caption else 0.0)
        painter.restore()
        legend = legend_of(engine.stack, mpp) if step.legend else ()
        paint_furniture(painter, viewport, self.palette, attribution=engine.attribution, legend=legend)
        if with_words:
            paint_words(painter, step, (round(viewport.width_px), round(viewport.height_px)), self.palette)


def paint_words(painter: QPainter, step: StoryStep, size: tuple[int, int], palette: Palette) -> None:
    """Paint a step's title and caption on a block over the map; a cover's stand large in the middle."""
    block = _block(step, size)
    painter.fillRect(block, QColor(*palette.rgba("ui_panel")))
    painter.fillRect(QRectF(block.left(), block.top(), _STRIPE_PX, block.height()), QColor(palette.css("ui_accent")))
    top = block.top() + _EDGE_PX
    for text, size_px, weight in _lines(step, size):
        draw_text(
            painter,
            text,
            x=block.left() + _EDGE_PX + _STRIPE_PX,
            baseline=top + size_px,
            size_px=size_px,
            colour=palette.rgba("ui_text"),
            weight=weight,
        )
        top += size_px * _LEADING


def _block(step: StoryStep, size: tuple[int, int]) -> QRectF:
    """Return where the words of a step stand: at the lower left, or in the middle."""
    height = sum(px * _LEADING for _, px, _ in _lines(step, size)) + 2 * _EDGE_PX
    if step.kind == "map":
        return QRectF(_MARGIN_PX, size[1] - _FOOT_PX - height, _BLOCK_SHARE * size[0], height)
    width = _COVER_SHARE * size[0]
    return QRectF((size[0] - width) / 2, (size[1] - height) / 2, width, height)


def _lines(step: StoryStep, size: tuple[int, int]) -> list[Line]:
    is_map = step.kind == "map"
    room = (_BLOCK_SHARE if is_map else _COVER_SHARE) * size[0] - 2 * _EDGE_PX - _STRIPE_PX
    title_px, caption_px = (_TITLE_PX, _CAPTION_PX) if is_map else (_COVER_PX, _COVER_CAPTION_PX)
    titles = broken(step.title, room, size_px=title_px, weight=600)
    words = broken(step.caption, room, size_px=caption_px)
    return [*((text, title_px, 600) for text in titles), *((text, caption_px, 400) for text in words)]
