"""Points by the million: how many lie in each pixel, as a colour; where they are few, each as its symbol.

Every point is counted in the pixel that it lies in, in steps of a block, so that what is counted follows the view.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPainter, QTransform

from geodata.prepared import UNITS_PER_METRE
from geodata.swarm import Swarm
from viewer.engine.painters.canvas import PictureView
from viewer.engine.painters.sprites import symbol_sprite
from viewer.model.density import SYMBOLS, ramp_colours
from viewer.model.layer import Layer
from viewer.model.palette import Palette, Rgba
from viewer.model.styles import SymbolStyle
from viewer.model.symbol_size import symbol_growth

_STEPS = 256
_LEAST_TOP = 8.0
_WIDEST_PX = 9
_BAND = 48
_AVERAGED_FROM_PX = 1.5


class Tally:
    """How many points lie in each logical pixel of a picture.

    Parameters
    ----------
    view
        The picture.

    Attributes
    ----------
    counts : (height, width) float32
        What was counted so far.
    """

    def __init__(self, view: PictureView) -> None:
        self._width, self._height = round(view.viewport.width_px), round(view.viewport.height_px)
        self._affine = view.viewport.affine
        self._flat = np.zeros(self._height * self._width, dtype=np.float32)
        self._few: list[NDArray[np.float64]] | None = []
        self.found = 0

    @property
    def counts(self) -> NDArray[np.float32]:
        """What was counted so far."""
        return self._flat.reshape(self._height, self._width)

    @property
    def few(self) -> NDArray[np.float64] | None:
        """The places on the screen in logical pixels, (n, 2), while there are few; else None."""
        return None if self._few is None else np.concatenate((np.empty((0, 2)), *self._few))

    def add(self, coords: NDArray[np.int32], weights: NDArray[np.int32] | None = None) -> None:
        """Count points given in map centimetres, shape (n, 2), each as one or by its weight."""
        a, b, c, d, e, f = self._affine
        x, y = coords[:, 0] / UNITS_PER_METRE, coords[:, 1] / UNITS_PER_METRE
        right, down = a * x + c * y + e, b * x + d * y + f
        within = (right >= 0) & (right < self._width) & (down >= 0) & (down < self._height)
        if not within.all():
            right, down = right[within], down[within]
            weights = None if weights is None else weights[within]
        if len(right) == 0:
            return
        pixel = down.astype(np.int64) * self._width + right.astype(np.int64)
        first = int(pixel.min())
        counted = np.bincount(pixel - first, weights=weights)
        self._flat[first : first + len(counted)] += counted
        self.found += len(pixel)
        if self._few is not None:
            self._few.append(np.column_stack((right, down)))
            if self.found > SYMBOLS:
                self._few = None


def paint(painter: QPainter, view: PictureView, layer: Layer, swarm: Swarm) -> Iterator[None]:
    """Paint the places of a swarm, yielding after each block."""
    pieces = (
        (swarm.coords[swarm.places(block)], None if swarm.geometry == "point" else swarm.counts[swarm.places(block)])
        for block in swarm.blocks_in(view.viewport.extent).tolist()
    )
    yield from paint_pieces(painter, view, layer, pieces, span_m=swarm.span_m, is_exact=swarm.geometry == "point")


def paint_pieces(
    painter: QPainter,
    view: PictureView,
    layer: Layer,
    pieces: Iterator[tuple[NDArray[np.int32], NDArray[np.int32] | None]],
    *,
    span_m: float = 0.0,
    is_exact: bool = True,
) -> Iterator[None]:
    """Paint places that come in pieces, yielding after each.

    Parameters
    ----------
    painter, view, layer
        As for every painter.
    pieces
        Map centimetres, shape (n, 2), and for how many each stands.
    span_m
        How large each is on the map.
    is_exact
        Whether the places are features' own, which can be drawn as symbols.
    """
    tally = Tally(view)
    for coords, weights in pieces:
        tally.add(coords, weights)
        yield
    painter.setTransform(QTransform())
    painter.setOpacity(layer.opacity)
    few = tally.few
    if few is not None and is_exact:
        _draw_symbols(painter, view, layer, few)
    elif tally.found:
        yield from _draw_counts(painter, view, layer, tally.counts, span_px=span_m / view.metres_per_pixel)
    yield


def spread(counts: NDArray[np.float32], span_px: float) -> NDArray[np.float32]:
    """Spread each count evenly over a square of pixels, where what it stands for is so large; the sum stays."""
    side = min(round(span_px), _WIDEST_PX)
    if span_px < _AVERAGED_FROM_PX:
        return counts
    out = counts
    for axis in (0, 1):
        before, after = side // 2 + 1, side - side // 2 - 1
        pad = [(before, after) if one == axis else (0, 0) for one in (0, 1)]
        sums = np.cumsum(np.pad(out, pad), axis=axis, dtype=np.float32)
        low, high = (slice(None, -side), slice(side, None))
        out = (sums[high] - sums[low]) if axis == 0 else (sums[:, high] - sums[:, low])
    return np.where(out > 0.5, out / (side * side), 0).astype(np.float32)


def shares(counts: NDArray[np.float32], scale: str, top: float) -> NDArray[np.uint8]:
    """Return where on a ramp of 1–255 each count lies, 0 for none; the ramp ends at `top`."""
    share = np.log1p(counts) / np.log1p(top) if scale == "log" else counts / top
    steps = np.ceil(np.minimum(share, 1.0) * (_STEPS - 1)).astype(np.uint8)
    return np.where(counts > 0, np.maximum(steps, 1), 0).astype(np.uint8)


def top_of(counts: NDArray[np.float32], span_px: float) -> float:
    """Return the count at the end of the ramp: the next doubling of the most, so that it stays while the map moves."""
    most = float(counts.max(initial=0.0))
    side = min(max(round(span_px), 1), _WIDEST_PX) if span_px >= _AVERAGED_FROM_PX else 1
    return max(_LEAST_TOP, 2.0 ** np.ceil(np.log2(max(most / (side * side), 1.0))))


def _draw_counts(
    painter: QPainter, view: PictureView, layer: Layer, counts: NDArray[np.float32], *, span_px: float
) -> Iterator[None]:
    """Draw counts as colours, yielding after each band of rows."""
    style = layer.style
    scale = str(style.density.default) if isinstance(style, SymbolStyle) else "log"
    colours = _colours(ramp_colours(style, view.palette, _STEPS - 1))
    top = top_of(counts, span_px)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    for first in range(0, len(counts), _BAND):
        above = min(first, _WIDEST_PX)
        band = spread(counts[first - above : first + _BAND + _WIDEST_PX], span_px)[above : above + _BAND]
        if band.any():
            pixels = np.ascontiguousarray(colours[shares(band, scale, top)])
            height, width = pixels.shape
            image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied)
            last = round((first + height) * view.scale)
            begin = round(first * view.scale)
            painter.drawImage(QRect(0, begin, round(width * view.scale), last - begin), image)
        yield


@lru_cache(maxsize=16)
def _colours(ramp: tuple[Rgba, ...]) -> NDArray[np.uint32]:
    """Return a ramp as premultiplied ARGB, nothing first."""
    rgba = np.array([(0, 0, 0, 0), *ramp], dtype=np.float64)
    rgb = np.round(rgba[:, :3] * rgba[:, 3:] / 255).astype(np.uint32)
    alpha = rgba[:, 3].astype(np.uint32)
    return ((alpha << 24) | (rgb[:, 0] << 16) | (rgb[:, 1] << 8) | rgb[:, 2]).astype(np.uint32)


def _draw_symbols(painter: QPainter, view: PictureView, layer: Layer, places: NDArray[np.float64]) -> None:
    style = layer.style
    if not isinstance(style, SymbolStyle):
        return
    size = style.size_px.default * symbol_growth(view.metres_per_pixel) * view.scale
    sprite = _sprite(style, view.palette, round(size * 4) / 4, view.scale)
    half = sprite.width() // 2, sprite.height() // 2
    for x, y in np.round(places * view.scale).astype(int).tolist():
        painter.drawImage(QPoint(x - half[0], y - half[1]), sprite)


def _sprite(style: SymbolStyle, palette: Palette, size_px: float, scale: float) -> QImage:
    stroke = palette.rgba(style.stroke.default) if style.stroke.default else (0, 0, 0, 0)
    return symbol_sprite(style.shape.default, palette.rgba(style.colour.default), stroke, size_px, scale)
