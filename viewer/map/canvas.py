"""The map: a view whose background is the engine's newest picture, with overlays as its items."""

from __future__ import annotations

import html
from collections.abc import Callable

import pyqtgraph
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QCursor,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QGraphicsView, QToolTip, QWidget

from geodata.hit import Hit
from viewer.engine_client import EngineClient
from viewer.map.asking import PictureDesk
from viewer.map.first_picture import FirstPicture
from viewer.map.flying import Flyer
from viewer.map.keys import Keys
from viewer.map.labels import LabelSheet
from viewer.map.motion import TICK_MS, Mover
from viewer.map.overlays.furniture import Furniture
from viewer.map.overlays.highlights import Highlights
from viewer.map.overlays.hud import Hud
from viewer.map.overlays.overlay import Overlay
from viewer.map.picture import Backdrop
from viewer.map.pinch import Pinch
from viewer.map.pointer import Pointer
from viewer.map.reduced_motion import is_motion_reduced
from viewer.map.tools.select import Select
from viewer.map.tools.tool import DrawingTool
from viewer.map.walk import FeatureWalk
from viewer.session import Session

_SETTLED_AFTER_MS = 90


class Canvas(pyqtgraph.GraphicsView):
    """Shows the session's view and takes all input over the map.

    In the tick in which the camera moves it places the newest finished picture, and asks the engine for the next; it
    never waits for one. Its scene's coordinates are logical pixels of the view. Needs `shutdown` before the end: the
    pictures lie in shared memory.

    Signals
    -------
    context_menu_requested(QPoint, tuple[float, float])
        The global position, and the point of the map beneath it in map metres.
    """

    context_menu_requested = Signal(QPoint, object)

    def __init__(
        self,
        session: Session,
        engine: EngineClient,
        parent: QWidget | None = None,
        *,
        name: str = "main",
        first: FirstPicture | None = None,
        reduced_motion: Callable[[], bool] = is_motion_reduced,
    ) -> None:
        super().__init__(parent)
        self.setBackground(None)
        self._session = session
        self._engine = engine
        self._is_moving = False
        self._is_shut = False
        self._prepare_view()
        self._mover = Mover(session, is_motion_reduced=reduced_motion, parent=self)
        self._flyer = Flyer(session, engine, self._mover, self)
        self._prepare_input()
        self._backdrop = first.backdrop_to_keep() if first else Backdrop()
        self._labels = first.labels if first else LabelSheet()
        self._desk = self._new_desk(name)
        self._settling = self._timer(_SETTLED_AFTER_MS, self._settled)
        self._next_frame = self._timer(TICK_MS, self._repaint)
        self._highlights = Highlights(session, engine, self)
        self._hud = Hud(session, engine, is_moving=lambda: self._is_moving, is_sharp=lambda: self.is_sharp, parent=self)
        self._overlays = self._new_overlays()
        self._listen()

    @property
    def is_sharp(self) -> bool:
        """Whether the picture on the screen is of exactly this view, in the look that is wanted now."""
        newest, viewport = self._backdrop.newest, self._session.viewport
        return newest is not None and newest.request.camera == viewport.camera and self._desk.is_up_to_date

    @property
    def is_at_rest(self) -> bool:
        """Whether the view has not changed for a moment, so that it is drawn with care."""
        return not self._is_moving

    @property
    def is_moving_by_itself(self) -> bool:
        """Whether the camera glides, coasts or flies."""
        return self._mover.is_moving

    def snapshot(self) -> QImage:
        """Return the view as it is on the screen, in device pixels."""
        scale = self.devicePixelRatioF()
        size = self.viewport().size()
        image = QImage(round(size.width() * scale), round(size.height() * scale), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        painter = QPainter(image)
        self._paint_backdrop(painter)
        for overlay in self._overlays:
            overlay.paint_on(painter)
        painter.end()
        return image

    def refresh(self) -> None:
        """Ask for everything anew, as when the engine was told another look by somebody else."""
        self._desk.ask_all_soon()

    def step_back(self) -> bool:
        """Undo the last thing that is the map's alone; return whether there was one.

        A drag goes back to where it began, a walk from feature to feature ends, and what glows goes out. What glows for
        a selection or an open annotation belongs to that and goes out with it.
        """
        if self._pointer.cancel_drag() or self._walk.leave():
            return True
        session = self._session
        if not session.glow or session.selection is not None or session.annotation is not None:
            return False
        session.set_glow(())
        return True

    def set_drawing(self, tool: DrawingTool | None) -> None:
        """Let a tool take clicks, drags and keys, and paint over the map; None gives them back to selecting."""
        self._pointer.drawing = tool
        self._show_cursor()
        self._repaint()

    def add_overlay(self, overlay: Overlay) -> None:
        """Show one more layer of drawing, on copies of the view too."""
        self._overlays = (*self._overlays, overlay)
        self.addItem(overlay)

    def set_hud_shown(self, shown: bool) -> None:
        """Show or hide the live numbers of frames, pictures and memory."""
        self._hud.set_shown(shown)

    def leave(self) -> None:
        """Forget the pointer, as when it leaves the map."""
        self._pointer.leave()

    def shutdown(self) -> None:
        """Let go of pictures, timers and the engine; the canvas shows nothing any more. Safe to call twice."""
        if self._is_shut:
            return
        self._is_shut = True
        self._settling.stop()
        self._next_frame.stop()
        self._mover.halt()
        for part in (self._tool, self._walk, self._flyer, self._highlights, self._desk):
            part.shutdown()
        self._hud.set_shown(False)
        self._unlisten()
        self.close()

    def _prepare_view(self) -> None:
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setAccessibleName("Map of the Arctic")
        self.setAccessibleDescription("Arrows move, plus and minus zoom, Tab goes from feature to feature.")
        self.setObjectName("map")
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)

    def _prepare_input(self) -> None:
        session, mover = self._session, self._mover
        self._tool = Select(session, self._engine, self)
        self._walk = FeatureWalk(session, self._engine, self)
        self._pointer = Pointer(
            session, mover, self._tool, on_context_menu=self._want_menu, on_drag_changed=self._show_cursor
        )
        self._pinch = Pinch(session, mover)
        self._keys = Keys(session, mover, self._walk)

    def _new_desk(self, name: str) -> PictureDesk:
        return PictureDesk(
            self._session,
            self._engine,
            backdrop=self._backdrop,
            labels=self._labels,
            canvas=name,
            scale=lambda: self.devicePixelRatioF(),
            ahead=self._mover.ahead,
            parent=self,
        )

    def _timer(self, after_ms: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=after_ms)
        timer.timeout.connect(slot)
        return timer

    def _new_overlays(self) -> tuple[Overlay, ...]:
        self._furniture = Furniture(self._session)
        overlays = (
            Overlay(self._paint_highlights, z=10.0),
            Overlay(self._paint_labels, z=20.0),
            Overlay(self._pointer.paint, z=25.0),
            Overlay(self._furniture.paint, z=30.0),
        )
        for overlay in (*overlays, Overlay(self._hud.paint, z=40.0)):  # no copy of the view shows the numbers
            self.addItem(overlay)
        return overlays

    def _listen(self) -> None:
        for signal, slot in self._connections():
            signal.connect(slot)

    def _unlisten(self) -> None:
        for signal, slot in self._connections():
            signal.disconnect(slot)

    def _connections(self) -> tuple[tuple[SignalInstance, Callable[..., None]], ...]:
        session = self._session
        return (
            (session.camera_changed, self._camera_changed),
            (session.viewport_changed, self._resized),
            (self._mover.halted, self._desk.ask),
            (session.stack_changed, self._desk.ask_all_soon),
            (session.theme_changed, self._repaint),
            (session.theme_changed, self._desk.ask_all_soon),
            (session.hover_changed, self._hover_changed),
            (self._walk.stepped, self._announce),
            (session.legend_changed, self._repaint),
            (self._highlights.changed, self._repaint),
            (self._desk.arrived, self._repaint),
            (self._hud.changed, self._repaint),
        )

    def _camera_changed(self, _: object) -> None:
        self._is_moving = True
        self._settling.start()
        self._repaint()
        self._desk.follow()

    def _resized(self, _: object) -> None:
        self._is_moving = True
        self._settling.start()
        self._repaint()
        self._desk.ask()

    def _repaint(self, _: object = None) -> None:
        self.viewport().update()

    def _settled(self) -> None:
        self._is_moving = False
        self._repaint()
        self._highlights.refine()
        self._pointer.look_again()

    def _hover_changed(self, hit: Hit | None) -> None:
        self._show_cursor()
        if QToolTip.isVisible():
            QToolTip.showText(QCursor.pos(), _tip(hit), self.viewport())

    def _show_cursor(self) -> None:
        if self._pointer.is_dragging:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._pointer.drawing is not None:
            shape = Qt.CursorShape.CrossCursor
        elif self._session.hovered is not None:
            shape = Qt.CursorShape.PointingHandCursor
        else:
            shape = Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def _announce(self, hit: Hit) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, hit.name))

    def _want_menu(self, at_px: QPoint, at: tuple[float, float]) -> None:
        """Ask for the menu once it is known what lies there, which the pointer may have reached a moment ago."""
        self._tool.look_at(at, then=lambda: self.context_menu_requested.emit(at_px, at))

    def paintEvent(self, ev: QPaintEvent) -> None:
        """Paint, and note that it is done."""
        super().paintEvent(ev)
        self._hud.frame_done()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Place the newest picture."""
        self._paint_backdrop(painter)

    def _paint_backdrop(self, painter: QPainter) -> None:
        self._backdrop.paint(painter, self._session.viewport, self._session.palette, smooth=not self._is_moving)

    def _paint_highlights(self, painter: QPainter) -> None:
        self._highlights.paint(painter, is_moving=self._is_moving)

    def _paint_labels(self, painter: QPainter) -> None:
        if self._backdrop.newest is not None:
            self._labels.paint(painter, self._session.viewport)
            if self._labels.is_fading and not self._is_moving:
                self._next_frame.start()

    def event(self, event: QEvent) -> bool:
        """Notice when the window came to a screen of another scale."""
        if event.type() == QEvent.Type.DevicePixelRatioChange and not self._is_shut:
            self._desk.ask()
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Take what no other handler of a view takes: fingers, tooltips, and the pointer's leaving."""
        if isinstance(event, QNativeGestureEvent):
            return self._pinch.take_native(event)
        if isinstance(event, QGestureEvent):
            self._pointer.give_up()  # the first finger has pressed like a button
            return self._pinch.take_touch(event, self.viewport())
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), _tip(self._session.hovered), self.viewport())
            return True
        if event.type() == QEvent.Type.Leave and not self._is_shut:
            self.leave()
        return super().viewportEvent(event)

    def resizeEvent(self, ev: QResizeEvent | None) -> None:
        """Tell the session how large the view is."""
        super().resizeEvent(ev)
        if ev is None or self._is_shut:  # pyqtgraph calls it so while it is being made
            return
        size, before = self.viewport().size(), self._session.viewport
        self._session.set_viewport_size(size.width(), size.height())
        if self._session.viewport == before:  # else the session's signal has asked
            self._desk.ask()

    def mousePressEvent(self, ev: QMouseEvent) -> None:
        """Begin a click, a drag or a turn; on the legend none of these."""
        if not self._is_on_furniture(ev):
            self._pointer.press(ev)

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        """Go on with a drag, or look what lies under the pointer."""
        if ev.buttons() == Qt.MouseButton.NoButton and self._is_on_furniture(ev):
            self._pointer.leave()
        else:
            self._pointer.move(ev)

    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:
        """End a click, a drag or a turn."""
        self._pointer.release(ev)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom in or out one step."""
        if not self._is_on_furniture(event):
            self._pointer.double_click(event)

    def wheelEvent(self, ev: QWheelEvent) -> None:
        """Zoom about the pointer."""
        self._pointer.wheel(ev)

    def leaveEvent(self, ev: QEvent) -> None:
        """Keep pyqtgraph's scene out of it: its items do not hover."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu from the keyboard, for the middle of the view; the mouse asks when it is let go."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            middle = self.viewport().rect().center()
            point = self._session.viewport.to_map(middle.x(), middle.y())
            self._want_menu(self.viewport().mapToGlobal(middle), point)
        event.accept()

    def _is_on_furniture(self, event: QMouseEvent) -> bool:
        return self._furniture.holds(event.position().x(), event.position().y())

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        """Move the map, walk through its features, or leave the key to the window."""
        if not self._pointer.key(ev) and not self._keys.press(ev):
            ev.ignore()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Let Tab go from feature to feature; leaving the map with a key is the window's affair."""
        self._walk.step(1 if is_next else -1)
        return True


def _tip(hit: Hit | None) -> str:
    """Return the tooltip for a feature, in which no name is taken for markup; empty for none."""
    return f"<p>{html.escape(hit.name)}</p>" if hit is not None else ""
