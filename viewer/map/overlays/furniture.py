"""Scale bar, north arrow, credits and legend over the canvas."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from viewer.engine.furniture import legend_room, paint_attribution, paint_bearings, shown_credits
from viewer.engine.legend import paint_legend
from viewer.model.legend import legend_of
from viewer.session import Session


class Furniture:
    """Paints what stands on the view; the legend is painted once and kept until it changes."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._legend = QPixmap()
        self._panel = QRectF()
        self._legend_for: object = None

    def paint(self, painter: QPainter) -> None:
        """Paint it, in logical pixels of the view."""
        session = self._session
        paint_bearings(painter, session.viewport, session.palette)
        paint_attribution(painter, session.viewport, session.palette, self._credits)
        if session.legend_shown:
            self._keep_legend(painter.deviceTransform().m11())
            painter.drawPixmap(self._panel.topLeft(), self._legend)

    def holds(self, px: float, py: float) -> bool:
        """Return whether the legend covers a pixel of the view, so that what lies below cannot be meant."""
        return self._session.legend_shown and self._panel.contains(px, py)

    @property
    def _credits(self) -> tuple[str, ...]:
        return shown_credits(self._session.viewport, self._session.catalogue.attribution)

    def _keep_legend(self, scale: float) -> None:
        session, viewport = self._session, self._session.viewport
        drawn = session.stack.drawn_at(viewport.camera.metres_per_pixel)
        wanted = (viewport.width_px, viewport.height_px, scale, session.theme, drawn)
        if wanted == self._legend_for:
            return
        self._legend_for = wanted
        image = QImage(
            round(viewport.width_px * scale),
            round(viewport.height_px * scale),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        image.setDevicePixelRatio(scale)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        legend = legend_of(session.stack, viewport.camera.metres_per_pixel)
        panel = paint_legend(painter, legend_room(viewport, self._credits), legend, session.palette)
        painter.end()
        self._panel = panel
        device = QRectF(panel.topLeft() * scale, panel.size() * scale).toAlignedRect()
        self._legend = QPixmap.fromImage(image.copy(device))
