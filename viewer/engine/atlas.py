"""One growing image that holds every name and letter on the map, drawn once with its halo."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import count
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QTransform

from viewer.engine.fonts import REFERENCE_PX, font_of, halo_px
from viewer.engine.labels_halo import coloured, widened
from viewer.engine.messages import AtlasPatch
from viewer.model.palette import Rgba
from viewer.model.styles import LabelRole

WIDTH_PX = 1024
"""Width of an atlas at one device pixel a logical pixel; wider at higher scales, as the names are."""

LIMIT_PX = 6144
"""Height beyond which a new atlas is begun, at one device pixel a logical pixel."""

_GROWTH_PX = 512
_GAP_PX = 1
_SHELF_STEP_PX = 4

Part = Literal["both", "halo", "ink"]

_generations = count(1)


@dataclass(frozen=True, slots=True)
class SpriteKey:
    """What a sprite shows: a text in a look, with its halo, or only one of the two.

    Letters along a line come as halo and ink apart, because a letter's halo would eat into the letter before it.
    """

    text: str
    role: LabelRole
    size_px: float
    colour: Rgba
    halo: Rgba
    part: Part = "both"


@dataclass(frozen=True, slots=True)
class Sprite:
    """A rectangle of the atlas, in its pixels.

    Attributes
    ----------
    x, y, width, height : int
        The rectangle; its outermost pixels are clear.
    left, top : int
        Its corner as seen from the text's origin, the beginning of its baseline; right and down.
    """

    x: int
    y: int
    width: int
    height: int
    left: int
    top: int


@dataclass(slots=True)
class _Shelf:
    top: int
    height: int
    used: int


class Atlas:
    """Sprites packed on shelves, at one device scale.

    Only grows. Shelves that an asker has been sent are never added to, so that what it lacks is always the rows below.
    Reads no font that was not loaded before.

    Attributes
    ----------
    generation : int
        Unique in this process; another atlas has another.
    scale : float
        Device pixels per logical pixel.
    height : int
        How many rows are in use.
    """

    def __init__(self, scale: float) -> None:
        self.generation = next(_generations)
        self.scale = scale
        self.height = 0
        self._width = WIDTH_PX * max(1, math.ceil(scale))
        self._image = QImage(self._width, _GROWTH_PX, QImage.Format.Format_ARGB32_Premultiplied)
        self._image.fill(0)
        self._shelves: list[_Shelf] = []
        self._sprites: dict[SpriteKey, Sprite] = {}
        self._corners: dict[tuple[int, int], tuple[SpriteKey, Sprite]] = {}

    @property
    def image(self) -> QImage:
        """The image, at least `height` rows high. Callers do not draw on it."""
        return self._image

    @property
    def full(self) -> bool:
        """Whether it has grown so far that a new one should be begun."""
        return self.height > LIMIT_PX * max(1.0, self.scale)

    def sprite(self, key: SpriteKey) -> Sprite:
        """Return the sprite of a text, drawing it when it is first asked for."""
        sprite = self._sprites.get(key)
        if sprite is None:
            sprite = self._sprites[key] = self._draw(key)
        return sprite

    def drawn_at(self, x: int, y: int) -> tuple[SpriteKey, Sprite]:
        """Return what a rectangle with its corner there shows: the way back from a piece of a name to its letters.

        Raises
        ------
        KeyError
            Where no sprite has its corner there.
        """
        if len(self._corners) != len(self._sprites):
            self._corners = {(sprite.x, sprite.y): (key, sprite) for key, sprite in self._sprites.items()}
        return self._corners[x, y]

    def patch_since(self, generation: int, height: int) -> AtlasPatch | None:
        """Return the rows that an asker lacks, or None where it has them all.

        Parameters
        ----------
        generation, height
            Of the atlas that the asker has; an asker with another atlas is sent all rows.
        """
        self._shelves.clear()
        top = height if generation == self.generation else 0
        if top >= self.height:
            return None
        rows = self._image.copy(0, top, self._width, self.height - top)
        return AtlasPatch(self.generation, top, self._width, rows.height(), bytes(rows.constBits()))

    def _draw(self, key: SpriteKey) -> Sprite:
        path = _outline(key, self.scale)
        radius = halo_px(key.role, key.size_px) * self.scale
        border = math.ceil(radius) + 1 if key.part != "ink" else 1
        inked = path.boundingRect()
        left, top = math.floor(inked.left()) - border, math.floor(inked.top()) - border
        width = min(math.ceil(inked.right()) + border - left, self._width)
        height = math.ceil(inked.bottom()) + border - top
        ink = _coverage(path.translated(-left, -top), width, height)
        halo = widened(ink, radius) if key.part != "ink" else np.zeros_like(ink)
        if key.part == "halo":
            ink = np.zeros_like(ink)
        x, y = self._room(width, height)
        self._pixels()[y : y + height, x : x + width] = coloured(ink, halo, colour=key.colour, halo_colour=key.halo)
        return Sprite(x, y, width, height, left, top)

    def _pixels(self) -> NDArray[np.uint8]:
        """Return the image's bytes to write to, (rows, columns, 4)."""
        return np.frombuffer(self._image.bits(), dtype=np.uint8).reshape(self._image.height(), self._width, 4)

    def _room(self, width: int, height: int) -> tuple[int, int]:
        for shelf in self._shelves:
            if height <= shelf.height <= height + 2 * _SHELF_STEP_PX and shelf.used + width <= self._width:
                x = shelf.used
                shelf.used += width + _GAP_PX
                return x, shelf.top
        shelf_height = -(-height // _SHELF_STEP_PX) * _SHELF_STEP_PX
        shelf = _Shelf(self.height, shelf_height, width + _GAP_PX)
        self._shelves.append(shelf)
        self.height += shelf_height + _GAP_PX
        self._grow()
        return 0, shelf.top

    def _grow(self) -> None:
        if self.height <= self._image.height():
            return
        rows = -(-self.height // _GROWTH_PX) * _GROWTH_PX
        self._image = self._image.copy(0, 0, self._width, rows)


def _outline(key: SpriteKey, scale: float) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addText(0.0, 0.0, font_of(key.role), key.text)
    factor = key.size_px * scale / REFERENCE_PX
    return QTransform.fromScale(factor, factor).map(path)


def _coverage(path: QPainterPath, width: int, height: int) -> NDArray[np.uint8]:
    """Return how much of each pixel a path covers, 0-255, (height, width)."""
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, QColor(0, 0, 0))
    painter.end()
    return np.frombuffer(image.constBits(), dtype=np.uint8).reshape(height, width, 4)[..., 3].copy()
