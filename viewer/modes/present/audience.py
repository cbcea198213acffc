"""The window that everybody sees: map, title, caption, card. No menu, no tooltip, no dialog."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QContextMenuEvent,
    QFont,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from geodata.annotations import Annotation
from viewer.engine_client import EngineClient
from viewer.map.canvas import Canvas
from viewer.map.overlays.overlay import Overlay
from viewer.model.story import StoryStep
from viewer.modes.present.marks import Marks
from viewer.panels.page import Page
from viewer.panels.typesetting import Look, set_markdown
from viewer.session import Session

_MARGIN_PX = 32
_CAPTION_SHARE, _CARD_SHARE, _COVER_SHARE = 0.52, 0.27, 0.7
_CARD_FROM_PX = 1_000
_SCALE_BAR_PX = 52
_NORTH_PX = 44
_TITLE_PX, _CAPTION_PX, _CARD_PX, _SMALL_PX = 34, 22, 20, 15
_COVER_PX, _COVER_CAPTION_PX = 64, 30
_REFERENCE_HEIGHT_PX = 1080
_LEAST_SCALE = 0.6
_POINTER_RESTS_MS = 2_000

_SWALLOWED = (QEvent.Type.ToolTip, QEvent.Type.ContextMenu, QEvent.Type.WhatsThis)


class AudienceWindow(QWidget):
    """The stage itself; it follows its session and a step, and knows no story.

    Signals
    -------
    closed()
        The window system closed it.
    """

    closed = Signal()

    def __init__(self, session: Session, engine: EngineClient) -> None:
        super().__init__()
        self.setObjectName("audience")
        self.setWindowTitle("Arctic Map Viewer – audience")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.marks = Marks()
        self._session = session
        self._step: StoryStep | None = None
        self.canvas = Canvas(session, engine, self, name="audience")
        self.canvas.addItem(Overlay(self._paint_marks, z=40.0))
        self.canvas.viewport().installEventFilter(self)
        self._heading = _Heading(self)
        self._card = _Card(self)
        self._curtain = _Curtain(self)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_POINTER_RESTS_MS)
        self._resting.timeout.connect(self._hide_pointer)
        session.annotation_changed.connect(self._show_card)
        session.theme_changed.connect(lambda _: self._dress())
        self._dress()

    @property
    def curtain(self) -> str:
        """``black`` or ``white`` where that is all there is to see; empty where the map is."""
        return self._curtain.colour

    @property
    def title(self) -> str:
        """The title that is shown."""
        return self._heading.title.text()

    @property
    def card_title(self) -> str:
        """The card's title; empty where there is no card."""
        return "" if self._card.isHidden() else self._card.title.text()

    def show_step(self, step: StoryStep) -> None:
        """Show a step's title and caption."""
        is_other_kind = self._step is None or self._step.kind != step.kind
        self._step = step
        self._heading.show_step(step)
        if is_other_kind:
            self._dress()
        self._arrange()

    @property
    def covered_px(self) -> tuple[float, float]:
        """How much the card covers at the right, and the caption with the scale bar beneath it at the bottom."""
        right = 0 if self._card.isHidden() else self.width() - self._card.x()
        bottom = 0 if self._heading.isHidden() or self._heading.is_large else self.height() - self._heading.y()
        return float(right), float(bottom)

    def draw_curtain(self, colour: str) -> None:
        """Show black, white or, with no colour, the map again."""
        self._curtain.draw(colour)

    def shutdown(self) -> None:
        """Let go of the map."""
        self._resting.stop()
        self._session.annotation_changed.disconnect(self._show_card)
        self.canvas.viewport().removeEventFilter(self)
        self.canvas.shutdown()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep tooltips and menus off the stage, and give the pointer to the tool in hand."""
        if event.type() in _SWALLOWED:
            return True
        if isinstance(event, QMouseEvent):
            return self._take_pointer(event)
        return super().eventFilter(watched, event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open no menu."""
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the window with the map."""
        super().resizeEvent(event)
        self.canvas.setGeometry(self.rect())
        self._curtain.setGeometry(self.rect())
        self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint nothing that could flash before the map is there."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._session.palette.css("sea")))
        painter.end()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the window is gone."""
        super().closeEvent(event)
        self.closed.emit()

    def _take_pointer(self, event: QMouseEvent) -> bool:
        viewport, at = self._session.viewport, event.position()
        self._show_pointer()
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            taken = self.marks.press(at.x(), at.y(), viewport)
        elif event.type() == QEvent.Type.MouseButtonRelease:
            taken = self.marks.release()
        else:
            self.marks.point(at.x(), at.y(), viewport)
            taken = self.marks.is_drawing
        if self.marks.tool:
            self.canvas.viewport().update()
        return taken

    def _show_pointer(self) -> None:
        self._resting.start()
        if self.marks.tool:
            self._hide_pointer()
        else:
            self.canvas.viewport().setCursor(Qt.CursorShape.ArrowCursor)

    def _hide_pointer(self) -> None:
        self.canvas.viewport().setCursor(Qt.CursorShape.BlankCursor)

    def _paint_marks(self, painter: QPainter) -> None:
        self.marks.paint(painter, self._session.viewport, self._session.palette)

    def _show_card(self, annotation: Annotation | None) -> None:
        self._card.show_annotation(annotation, self._session, scale=self._scale)
        self._arrange()

    @property
    def _scale(self) -> float:
        return max(self.height() / _REFERENCE_HEIGHT_PX, _LEAST_SCALE)

    def _dress(self) -> None:
        palette = self._session.palette
        self._heading.dress(
            palette.css("ui_panel"), palette.css("ui_text"), palette.css("ui_accent"), scale=self._scale
        )
        self._card.dress(palette.css("ui_panel"), palette.css("ui_text"), palette.css("ui_accent"), scale=self._scale)
        self._show_card(self._session.annotation)

    def _arrange(self) -> None:
        """Put the caption at the lower left and the card at the upper right; where there is no room, no card."""
        margin = round(_MARGIN_PX * self._scale)
        self._heading.setVisible(self._step is not None)
        if self._heading.is_large:
            self._heading.fit_middle(round(self.width() * _COVER_SHARE), self.rect())
        else:
            bottom = self.height() - _SCALE_BAR_PX
            self._heading.fit(round(self.width() * _CAPTION_SHARE), margin=margin, bottom=bottom)
        has_room = self.width() >= _CARD_FROM_PX
        self._card.setVisible(has_room and bool(self._card.title.text()))
        self._card.fit(
            round(self.width() * _CARD_SHARE),
            right=self.width() - margin,
            top=margin + _NORTH_PX,
            most=self._card_room(),
        )

    def _card_room(self) -> int:
        return self.height() - 4 * round(_MARGIN_PX * self._scale)


class _Block(QFrame):
    """An opaque block of text over the map."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title = QLabel(self)
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)

    def dress(self, ground: str, text: str, accent: str, *, scale: float) -> None:
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.Window, QColor(ground))
        self.setPalette(colours)
        self.setObjectName("stageBlock")
        self.setStyleSheet(
            f"#stageBlock {{ background: {ground}; border-left: {round(6 * scale)}px solid {accent}; }}"
            f"QLabel {{ color: {text}; background: transparent; }}"
        )


class _Heading(_Block):
    """Title and caption of a step; those of a cover or a closing step are large."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._caption = QLabel(self)
        self._caption.setWordWrap(True)
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self.is_large = False
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.title)
        self._column.addWidget(self._caption)

    def show_step(self, step: StoryStep) -> None:
        self.is_large = step.kind != "map"
        self.title.setText(step.title)
        self._caption.setText(step.caption)
        self._caption.setVisible(bool(step.caption))

    def dress(self, ground: str, text: str, accent: str, *, scale: float) -> None:
        super().dress(ground, text, accent, scale=scale)
        title_px, caption_px = (_COVER_PX, _COVER_CAPTION_PX) if self.is_large else (_TITLE_PX, _CAPTION_PX)
        self.title.setFont(_font(self, title_px * scale, bold=True))
        self._caption.setFont(_font(self, caption_px * scale))
        edge = round(20 * scale)
        self._column.setContentsMargins(round(24 * scale), edge, edge, edge)
        self._column.setSpacing(round(8 * scale))

    def fit(self, most_px: int, *, margin: int, bottom: int) -> None:
        width = min(most_px, self._column.sizeHint().width() + 4 * margin) if not self._caption.text() else most_px
        height = self._column.heightForWidth(width)
        self.setGeometry(margin, bottom - height, width, height)

    def fit_middle(self, width: int, room: QRect) -> None:
        """Stand in the middle of the window."""
        height = self._column.heightForWidth(width)
        self.setGeometry((room.width() - width) // 2, (room.height() - height) // 2, width, height)


class _Card(_Block):
    """An annotation in large type."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = Page("Annotation", margin_px=4)
        self._page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._page.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sources = QLabel(self)
        self._sources.setWordWrap(True)
        self._sources.setTextFormat(Qt.TextFormat.PlainText)
        self._column = QVBoxLayout(self)
        for part in (self.title, self._page, self._sources):
            self._column.addWidget(part)

    def dress(self, ground: str, text: str, accent: str, *, scale: float) -> None:
        super().dress(ground, text, accent, scale=scale)
        self.title.setFont(_font(self, 26 * scale, bold=True))
        self._sources.setFont(_font(self, _SMALL_PX * scale))
        edge = round(20 * scale)
        self._column.setContentsMargins(round(24 * scale), edge, edge, edge)
        self._column.setSpacing(round(10 * scale))

    def show_annotation(self, annotation: Annotation | None, session: Session, *, scale: float) -> None:
        self.title.setText(annotation.title if annotation else "")
        if annotation is None:
            return
        look = Look(session.palette, text_px=round(_CARD_PX * scale), leading_pct=130, paragraph_px=8 * scale)
        self._page.show_document(set_markdown(annotation.body, look))
        sources = ", ".join(dict.fromkeys(source.publisher or source.title for source in annotation.sources))
        self._sources.setText(f"Sources: {sources}" if sources else "")
        self._sources.setVisible(bool(sources))

    def fit(self, width: int, *, right: int, top: int, most: int) -> None:
        margins = self._column.contentsMargins()
        inner = width - margins.left() - margins.right()
        document = self._page.document()
        document.setTextWidth(inner)
        self._page.setFixedHeight(int(document.size().height()) + 8)
        self.setGeometry(right - width, top, width, min(self._column.heightForWidth(width), most))


class _Curtain(QWidget):
    """Black or white over everything."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.colour = ""
        self.hide()

    def draw(self, colour: str) -> None:
        self.colour = colour
        self.setVisible(bool(colour))
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self.colour or "black"))
        painter.end()


def _font(widget: QWidget, size_px: float, *, bold: bool = False) -> QFont:
    font = widget.font()
    font.setPixelSize(max(round(size_px), 8))
    font.setWeight(font.Weight.DemiBold if bold else font.Weight.Normal)
    return font
