"""What stands in the map's place until the canvas is loaded: the engine's first picture."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from viewer.engine.furniture import paint_furniture, shown_credits
from viewer.engine_client import EngineClient
from viewer.map.asking import PictureDesk
from viewer.map.labels import LabelSheet
from viewer.map.picture import Backdrop, ShownPicture
from viewer.model.camera import Viewport
from viewer.session import Session


class FirstPicture(QWidget):
    """Shows the session's view as the canvas would, and takes no input.

    Importing pyqtgraph takes longer than the engine needs for its first picture; this widget does without. Needs
    `shutdown` before the end: its pictures lie in shared memory.

    Parameters
    ----------
    session, engine
        What is shown, and who paints it.
    meanwhile
        The same view as it was painted the last time, shown until the engine's picture is here, where it fits.

    Signals
    -------
    picture_arrived()
        There is a picture to show.
    """

    picture_arrived = Signal()

    def __init__(
        self, session: Session, engine: EngineClient, parent: QWidget | None = None, *, meanwhile: QImage | None = None
    ) -> None:
        super().__init__(parent)
        self._meanwhile = meanwhile
        self._meanwhile_theme = session.theme
        self._session = session
        self._backdrop = Backdrop()
        self._labels = LabelSheet()
        self._is_shut = False
        self._asked_for: tuple[Viewport, float] | None = None
        self._desk = PictureDesk(
            session,
            engine,
            backdrop=self._backdrop,
            labels=self._labels,
            canvas="first",
            scale=self.devicePixelRatioF,
            with_whole=False,
            overscan=1.0,  # nobody drags it
            parent=self,
        )
        self._desk.arrived.connect(self.update)
        self._desk.arrived.connect(self.picture_arrived)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Map of the Arctic, loading")

    @property
    def has_picture(self) -> bool:
        """Whether the engine's first picture is here."""
        return self._backdrop.newest is not None

    @property
    def labels(self) -> LabelSheet:
        """The labels, for the canvas to go on with."""
        return self._labels

    def backdrop_to_keep(self) -> Backdrop:
        """Return the picture as it is now, in memory of its own."""
        kept = Backdrop()
        newest = self._backdrop.newest
        if newest is not None:
            kept.newest = ShownPicture(newest.image.copy(), newest.request)
        return kept

    def expect_size(self, width_px: int, height_px: int) -> None:
        """Ask for the picture before there is room for it, where it is known how large the map will be."""
        if width_px > 0 and height_px > 0:
            self._ask(width_px, height_px)

    def shutdown(self) -> None:
        """Let go of the picture. Safe to call twice."""
        if not self._is_shut:
            self._is_shut = True
            self._desk.shutdown()

    def event(self, event: QEvent) -> bool:
        """Ask anew when the window came to a screen of another scale."""
        if event.type() == QEvent.Type.DevicePixelRatioChange and not self._is_shut:
            self._ask(self.width(), self.height())
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the session how large the map is, and ask for a picture of that size."""
        super().resizeEvent(event)
        if not self._is_shut:
            self._ask(event.size().width(), event.size().height())

    def _ask(self, width_px: int, height_px: int) -> None:
        """Ask for a picture of this size, but not a second time."""
        self._session.set_viewport_size(width_px, height_px)
        wanted = self._session.viewport, self.devicePixelRatioF()
        if wanted != self._asked_for:
            self._asked_for = wanted
            self._desk.ask()

    def _fitting_meanwhile(self) -> QImage | None:
        image = self._meanwhile
        if image is None or self.has_picture or self._session.theme != self._meanwhile_theme:
            return None
        fits = image.size() == (self.size() * self.devicePixelRatioF())
        return image if fits else None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, its labels and what stands on the map."""
        session = self._session
        painter = QPainter(self)
        meanwhile = self._fitting_meanwhile()
        if meanwhile is not None:
            painter.drawImage(0, 0, meanwhile)
            painter.end()
            return
        self._backdrop.paint(painter, session.viewport, session.palette, smooth=True)
        newest = self._backdrop.newest
        if newest is not None:
            self._labels.paint(painter, session.viewport)
            credits_ = shown_credits(session.viewport, session.catalogue.attribution)
            paint_furniture(painter, session.viewport, session.palette, attribution=credits_)
        painter.end()
