"""Halo on the selected feature, glow on the hovered one and on those that the page speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from geodata.pick import Hit
from viewer.engine.messages import FeatureAnswer
from viewer.engine.paths import path_of_rings
from viewer.engine_client import EngineClient
from viewer.model.camera import Viewport
from viewer.model.layer import LayerStack
from viewer.model.palette import Palette
from viewer.model.styles import SymbolStyle
from viewer.model.symbol_size import symbol_growth
from viewer.session import Session

_RING_GAP_PX = 4.0
_SMALLEST_RING_PX = 14.0
_REFINED_BEYOND = 1.5

# (colour in the palette, width in logical pixels, alpha), the widest first.
_SELECTED = (("halo", 6.5, 90), ("halo", 4.0, 255), ("halo_inner", 1.8, 255))
_GLOWING = (("glow", 10.0, 70), ("glow", 5.0, 150), ("glow", 2.2, 255))
_HOVERED = (("hover", 5.0, 90), ("hover", 1.8, 255))


@dataclass(frozen=True, slots=True)
class _Outline:
    """A feature's outline as a path in map metres from its middle, so that no precision is lost close by."""

    hit: Hit
    path: QPainterPath
    metres_per_pixel: float

    def transform(self, viewport: Viewport) -> QTransform:
        a, b, c, d, _, _ = viewport.affine
        return QTransform(a, b, c, d, *viewport.to_screen(*self.hit.extent.centre))


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
        session.selection_changed.connect(self._keep)
        session.hover_changed.connect(self._keep)
        session.glow_changed.connect(self._keep)
        engine.features_answered.connect(self._take)
        self._keep()

    def shutdown(self) -> None:
        """Ask nothing more."""
        self._session.selection_changed.disconnect(self._keep)
        self._session.hover_changed.disconnect(self._keep)
        self._session.glow_changed.disconnect(self._keep)
        self._engine.features_answered.disconnect(self._take)

    def refine(self) -> None:
        """Ask for the outlines that were simplified for another scale than the view's."""
        now = self._session.camera.metres_per_pixel
        stale = tuple(
            reference
            for reference, outline in self._outlines.items()
            if outline.hit.geometry != "point"
            and not 1 / _REFINED_BEYOND < outline.metres_per_pixel / now < _REFINED_BEYOND
        )
        if stale:
            self._serial = self._engine.find_features(stale, now)

    def paint(self, painter: QPainter) -> None:
        """Stroke everything that is highlighted, in logical pixels of the view."""
        session = self._session
        hovered = session.hovered
        groups = (
            (session.glow, _GLOWING),
            ((hovered,) if hovered is not None and hovered is not session.selection else (), _HOVERED),
            ((session.selection,) if session.selection is not None else (), _SELECTED),
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for hits, strokes in groups:
            outlines = [found for hit in hits if (found := self._outlines.get(hit.reference)) is not None]
            if outlines:
                _stroke(painter, outlines, strokes, session.viewport, session.palette, session.stack)

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


def _outline_of(hit: Hit, metres_per_pixel: float) -> _Outline:
    return _Outline(hit, path_of_rings([ring - hit.extent.centre for ring in hit.outline]), metres_per_pixel)


def _stroke(
    painter: QPainter,
    outlines: Iterable[_Outline],
    strokes: tuple[tuple[str, float, int], ...],
    viewport: Viewport,
    palette: Palette,
    stack: LayerStack,
) -> None:
    before = painter.transform()
    for colour, width_px, alpha in strokes:
        red, green, blue, _ = palette.rgba(colour)
        pen = QPen(QColor(red, green, blue, alpha), width_px, j=Qt.PenJoinStyle.RoundJoin)
        pen.setCosmetic(True)
        painter.setPen(pen)
        for outline in outlines:
            if outline.hit.geometry == "point":
                painter.setTransform(before)
                _draw_rings(painter, outline, viewport, radius_px=_ring_px(outline.hit, viewport, stack))
            else:
                painter.setTransform(outline.transform(viewport), combine=False)
                painter.drawPath(outline.path)
    painter.setTransform(before)


def _draw_rings(painter: QPainter, outline: _Outline, viewport: Viewport, *, radius_px: float) -> None:
    for place in outline.hit.outline:
        painter.drawEllipse(QPointF(*viewport.to_screen(*map(float, place[0]))), radius_px, radius_px)


def _ring_px(hit: Hit, viewport: Viewport, stack: LayerStack) -> float:
    """Return the radius of a ring around a symbol, in logical pixels."""
    layer = stack.get(hit.layer_id)
    size = 0.0
    if layer is not None and isinstance(layer.style, SymbolStyle):
        size = layer.style.size_px.of(hit.attributes) * symbol_growth(viewport.camera.metres_per_pixel)
    return max(size, _SMALLEST_RING_PX) / 2 + _RING_GAP_PX
