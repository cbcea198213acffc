"""The numbers that the benchmark prints, live on the map."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap

from viewer.engine.fonts import FAMILY
from viewer.engine.messages import Picture
from viewer.engine_client import EngineClient
from viewer.model.frame_meter import FrameMeter, Spread
from viewer.model.process_memory import children, resident_mb
from viewer.session import Session

WIDTH_PX, _LINE_PX, _PADDING_PX = 330, 18, 10
_MARGIN_PX = 16
_REFRESH_S = 0.25
_WEIGH_EVERY_MS = 1_000
_DASH = "–"


class Hud(QObject):
    """Measures the frames of one map and shows the numbers in its lower left; it costs nothing while it is hidden.

    The words are painted four times a second; a frame only places what was painted.

    Parameters
    ----------
    session, engine
        Whose map, and who paints its pictures.
    is_moving, is_sharp
        Tell whether the camera moves, and whether the picture of its very view is shown.

    Signals
    -------
    changed()
        There are other numbers to show.
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        engine: EngineClient,
        *,
        is_moving: Callable[[], bool],
        is_sharp: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.is_shown = False
        self.meter = FrameMeter()
        self._session = session
        self._engine = engine
        self._is_moving = is_moving
        self._is_sharp = is_sharp
        self._memory_mb: float | None = None
        self._processes = 0
        self._panel = QPixmap()
        self._painted_s = 0.0
        self._weighing = QTimer(self)
        self._weighing.setInterval(_WEIGH_EVERY_MS)
        self._weighing.timeout.connect(self._weigh)

    def set_shown(self, shown: bool) -> None:
        """Begin to measure and show, or end it."""
        if shown == self.is_shown:
            return
        self.is_shown = shown
        if shown:
            self.meter = FrameMeter()
            self._session.camera_changed.connect(self._moved)
            self._engine.picture_ready.connect(self._take)
            self._weighing.start()
            self._weigh()
        else:
            self._weighing.stop()
            self._session.camera_changed.disconnect(self._moved)
            self._engine.picture_ready.disconnect(self._take)
        self.changed.emit()

    def frame_done(self) -> None:
        """Note that the map has been painted."""
        if not self.is_shown:
            return
        now = time.perf_counter()
        self.meter.frame(now, time.thread_time(), is_moving=self._is_moving(), is_sharp=self._is_sharp())
        if now - self._painted_s >= _REFRESH_S:
            self._painted_s = now
            self._panel = QPixmap()  # made anew by the next frame

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Return what is shown: what is measured, and the numbers with their units."""
        meter = self.meter
        memory = f"{self._memory_mb:.0f} MB in {self._processes} processes" if self._memory_mb is not None else _DASH
        return (
            ("", "p50 · p95 · p99 · max"),
            ("Between frames", _spread(meter.intervals_ms)),
            ("Work per frame", _spread(meter.work_ms)),
            ("Sharp after", _milliseconds(meter.sharp_after_ms)),
            ("Picture painted in", _milliseconds(meter.painted_ms)),
            ("Memory", memory),
        )

    def paint(self, painter: QPainter) -> None:
        """Place the panel, in logical pixels of the view."""
        if not self.is_shown:
            return
        scale = painter.deviceTransform().m11()
        if self._panel.isNull() or self._panel.devicePixelRatio() != scale:
            self._panel = self._painted(scale)
        size = self._panel.deviceIndependentSize()
        bottom = self._session.viewport.height_px - 4 * _MARGIN_PX
        painter.drawPixmap(QPointF(_MARGIN_PX, max(bottom - size.height(), 0.0)), self._panel)

    def _painted(self, scale: float) -> QPixmap:
        lines, palette = self.lines(), self._session.palette
        high = len(lines) * _LINE_PX + 2 * _PADDING_PX
        panel = QPixmap(round(WIDTH_PX * scale), round(high * scale))
        panel.setDevicePixelRatio(scale)
        panel.fill(QColor(*palette.rgba("ui_panel")))
        painter = QPainter(panel)
        font = QFont(FAMILY)
        font.setPixelSize(12)
        font.setFeature(QFont.Tag("tnum"), 1)
        painter.setFont(font)
        painter.setPen(QColor(*palette.rgba("label")))
        for index, (name, text) in enumerate(lines):
            line = QRectF(_PADDING_PX, _PADDING_PX + index * _LINE_PX, WIDTH_PX - 2 * _PADDING_PX, _LINE_PX)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft, name)
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, text)
        painter.end()
        return panel

    def _weigh(self) -> None:
        processes = (os.getpid(), *children(os.getpid()))
        self._memory_mb, self._processes = resident_mb(processes), len(processes)
        if not self._is_moving():
            self._panel = QPixmap()
            self.changed.emit()

    def _moved(self, _: object) -> None:
        self.meter.moved(time.perf_counter())

    def _take(self, picture: Picture) -> None:
        self.meter.painted_ms = picture.painted_ms


def _spread(spread: Spread) -> str:
    return " · ".join(f"{value:.1f}" for value in (spread.p50, spread.p95, spread.p99, spread.highest)) + " ms"


def _milliseconds(value: float | None) -> str:
    return _DASH if value is None else f"{value:.0f} ms"
