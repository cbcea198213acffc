"""Halo on the selected feature, glow on the hovered one and on those that the page speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QTransform

from geodata.hit import Hit
from viewer.engine.messages import FeatureAnswer
from viewer.engine.paths import path_of_rings
from viewer.engine_client import EngineClient
from viewer.map.overlays.strokes import draw_ring, sweep
from viewer.model.camera import Viewport
from viewer.model.layer import LayerStack
from viewer.model.palette import Palette
from viewer.session import Session

_REFINED_BEYOND = 1.5
_SMALLEST_RING_PX = 9.0


@dataclass(frozen=True, slots=True)
class _Stroke:
    """One stroke of a highlight: a name in the palette, half its width in logical pixels, how opaque each pass is."""

    colour: str
    reach_px: float
    alpha: int = 255


_SELECTED = (_Stroke("halo", 2.4), _Stroke("halo_inner", 0.8))
_GLOWING = (_Stroke("glow", 4.2, 44), _Stroke("glow", 1.4))
_HOVERED = (_Stroke("halo", 2.4, 45), _Stroke("hover", 1.2, 150))


@dataclass(frozen=True, slots=True)
class _Outline:
    """A feature's outline as a path in map metres from its middle, so that no precision is lost close by."""

    hit: Hit
    path: QPainterPath
    metres_per_pixel: float

    def transform(self, viewport: Viewport) -> QTransform:
        """Return the transform from the path to logical pixels of a view."""
        a, b, c, d, _, _ = viewport.affine
        return QTransform(a, b, c, d, *viewport.to_screen(*self.hit.extent.centre))

    def is_stale(self, metres_per_pixel: float) -> bool:
        """Return whether it was simplified for quite another scale."""
        ratio = self.metres_per_pixel / metres_per_pixel
        return self.hit.geometry != "point" and not 1 / _REFINED_BEYOND < ratio < _REFINED_BEYOND


class Highlights(QObject):
    """Keeps the outlines of selected, hovered and glowing features, and strokes them.

    An outline that was found at another scale is asked for anew when the view has come to rest.

    Signals
    -------
    changed()
        There is something else to stroke.
    """

    changed = Signal()

    def __init__(self, session: Session, engine: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._engine = engine
        self._outlines: dict[str, _Outline] = {}
        self._serial = -1
        for signal in (session.selection_changed, session.hover_changed, session.glow_changed):
            signal.connect(self._keep)
        engine.features_answered.connect(self._take)
        self._keep()

    def shutdown(self) -> None:
        """Ask nothing more."""
        session = self._session
        for signal in (session.selection_changed, session.hover_changed, session.glow_changed):
            signal.disconnect(self._keep)
        self._engine.features_answered.disconnect(self._take)

    def refine(self) -> None:
        """Ask for the outlines that were simplified for another scale than the view's."""
        now = self._session.camera.metres_per_pixel
        stale = tuple(reference for reference, outline in self._outlines.items() if outline.is_stale(now))
        if stale:
            self._serial = self._engine.find_features(stale, now)

    def paint(self, painter: QPainter, *, is_moving: bool = False) -> None:
        """Stroke everything that is highlighted, in logical pixels of the view; more sparingly while it moves."""
        session = self._session
        hovered, selected = session.hovered, session.selection
        groups = (
            (session.glow, _GLOWING),
            ((hovered,) if hovered is not None else (), _HOVERED),
            ((selected,) if selected is not None else (), _SELECTED),
        )
        for hits, strokes in groups:
            outlines = [found for hit in hits if (found := self._outlines.get(hit.reference)) is not None]
            if outlines:
                around = (session.viewport, session.palette, session.stack)
                _stroke(painter, outlines, strokes, around, is_moving=is_moving)

    def _keep(self, _: object = None) -> None:
        """Keep the outlines of what is highlighted now, and make those that are missing."""
        session = self._session
        now = session.camera.metres_per_pixel
        hits = [hit for hit in (session.selection, session.hovered, *session.glow) if hit is not None]
        self._outlines = {hit.reference: self._outlines.get(hit.reference) or _outline_of(hit, now) for hit in hits}
        self.changed.emit()

    def _take(self, answer: FeatureAnswer) -> None:
        if answer.request.serial != self._serial:
            return
        for hit in answer.hits:
            if hit.reference in self._outlines:
                self._outlines[hit.reference] = _outline_of(hit, answer.request.metres_per_pixel)
        self.changed.emit()


def paint_glow(painter: QPainter, hits: Sequence[Hit], viewport: Viewport, palette: Palette, stack: LayerStack) -> None:
    """Let features glow in a picture, as the window does; the painter is in logical pixels of the view."""
    outlines = [_outline_of(hit, viewport.camera.metres_per_pixel) for hit in hits]
    if outlines:
        _stroke(painter, outlines, _GLOWING, (viewport, palette, stack), is_moving=False)


def _stroke(
    painter: QPainter,
    outlines: Sequence[_Outline],
    strokes: tuple[_Stroke, ...],
    around: tuple[Viewport, Palette, LayerStack],
    *,
    is_moving: bool,
) -> None:
    viewport, palette, stack = around
    points = [outline.hit for outline in outlines if outline.hit.geometry == "point"]
    scale = painter.deviceTransform().m11()
    to_device = QTransform.fromScale(scale, scale)
    paths = [
        (outline.transform(viewport) * to_device).map(outline.path)
        for outline in outlines
        if outline.hit.geometry != "point"
    ]
    for stroke in strokes:
        red, green, blue, alpha = palette.rgba(stroke.colour)
        colour = QColor(red, green, blue, min(alpha, stroke.alpha))
        sweep(painter, paths, colour, reach_px=stroke.reach_px, scale=scale, is_fine=not is_moving)
        for hit in points:
            draw_ring(painter, hit, viewport, colour, reach_px=stroke.reach_px, stack=stack)


def _outline_of(hit: Hit, metres_per_pixel: float) -> _Outline:
    rings = _large_rings(hit.outline, _SMALLEST_RING_PX * metres_per_pixel)
    return _Outline(hit, path_of_rings([ring - hit.extent.centre for ring in rings]), metres_per_pixel)


def _large_rings(rings: Sequence[NDArray[np.float64]], smallest_m: float) -> list[NDArray[np.float64]]:
    """Return the rings that are more than specks, which a stroke would only blot out; at least the largest."""
    sizes = [float(np.ptp(ring, axis=0).max()) for ring in rings]
    least = min(smallest_m, max(sizes, default=0.0))
    return [ring for ring, size in zip(rings, sizes, strict=True) if size >= least]
