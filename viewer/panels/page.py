"""A page of text to be read: it opens no address and fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

Span = tuple[int, int]

_FOCUS_EDGE_PX = 2  # the style sheet draws the focus as a line left of the text
_DOT_PX = 5.0
_DOT_GAP_PX = 2.0
_MOST_DOTS = 6
_DOTS_A_COLUMN = 3  # a line of text is about so many dots high


class Page(QTextBrowser):
    """Shows a document whose links are internal; pictures and everything else that would be loaded stay away.

    Parameters
    ----------
    name
        What a screen reader calls it.
    measure_px
        The widest a line may be; a wider page has wider margins. 0 for no limit.
    margin_px, head_px
        The least room beside the text, and the room above it.

    Signals
    -------
    link_chosen(str, str)
        The person chose a link ``scheme:value``.
    """

    link_chosen = Signal(str, str)

    def __init__(
        self, name: str, *, measure_px: int = 0, margin_px: int = 0, head_px: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self._shown: QTextDocument | None = None
        self._measure_px = measure_px
        self._margin_px = margin_px
        self._head_px = head_px
        self._is_pressed = False
        self._margin_marks: Sequence[tuple[int, QColor, int]] = ()
        self._dots: list[tuple[float, float, QColor]] | None = None
        self.anchorClicked.connect(self._choose)

    @property
    def is_pressed(self) -> bool:
        """Whether a button of the mouse is being let go: a link chosen now was chosen with the mouse."""
        return self._is_pressed

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let a link be chosen, and tell so while it is."""
        self._is_pressed = True
        super().mouseReleaseEvent(event)
        self._is_pressed = False

    def loadResource(self, _kind: int, _name: QUrl | str) -> None:
        """Load nothing, wherever it is said to be."""
        return

    def show_document(self, document: QTextDocument) -> None:
        """Show a document, from its top; the page owns it from now on."""
        before, self._shown = self._shown, document
        self._dots = None
        document.setParent(self)
        self._set_margins(document)  # before it is laid out for the first time
        document.setTextWidth(self.viewport().width())
        self.setDocument(document)
        if before is not None:
            before.deleteLater()

    def mark(self, spans: Sequence[Span], colour: QColor) -> None:
        """Highlight these stretches of the document, and nothing else."""
        self.setExtraSelections([self._selection(span, colour) for span in spans])

    def mark_margin(self, marks: Sequence[tuple[int, QColor, int]]) -> None:
        """Show dots in the left margin beside these places: where, what colour, and how many, six at most."""
        self._margin_marks = tuple(marks)
        self._dots = None
        self.viewport().update()

    def margin_dots(self) -> list[tuple[QPointF, QColor]]:
        """Return the middle of each dot in the margin, in pixels of the viewport, and its colour."""
        if self._dots is None:
            self._dots = self._placed_dots()
        down = self.verticalScrollBar().value()
        return [(QPointF(x, y - down), colour) for x, y, colour in self._dots]

    def _placed_dots(self) -> list[tuple[float, float, QColor]]:
        """Return where the dots are on the whole page; to ask for places of the text takes a millisecond."""
        left = self._left_of_text() - _DOT_PX
        down = self.verticalScrollBar().value()
        dots: list[tuple[float, float, QColor]] = []
        step = _DOT_PX + _DOT_GAP_PX
        for place, colour, wanted in self._margin_marks:
            count = min(wanted, _MOST_DOTS)
            middle = down + self.cursorRect(self._cursor(place)).center().y()
            for number in range(count):
                column, row = divmod(number, _DOTS_A_COLUMN)
                high = min(count - column * _DOTS_A_COLUMN, _DOTS_A_COLUMN)
                dots.append((left - column * step, middle + (row - (high - 1) / 2) * step, colour))
        return dots

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, then the dots in its margin."""
        super().paintEvent(event)
        if not self._margin_marks:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        seen = self.viewport().height() + _DOT_PX
        for middle, colour in self.margin_dots():
            if not -_DOT_PX < middle.y() < seen:
                continue
            painter.setBrush(colour)
            painter.drawEllipse(middle, _DOT_PX / 2, _DOT_PX / 2)
        painter.end()

    def bring_to_middle(self, span: Span) -> None:
        """Scroll so that a stretch of the document stands in the middle, or starts at the top where it is taller."""
        top, bottom = (self.cursorRect(self._cursor(place)) for place in span)
        height = bottom.bottom() - top.top()
        room = self.viewport().height()
        offset = top.top() - max((room - height) // 2, 16)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + offset)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines to their measure."""
        super().resizeEvent(event)
        self._dots = None
        self._set_margins(self.document())

    def _choose(self, url: QUrl) -> None:
        scheme, _, value = url.toString().partition(":")
        self.link_chosen.emit(scheme, value)

    def _left_of_text(self) -> float:
        return self.document().rootFrame().frameFormat().leftMargin()

    def _set_margins(self, document: QTextDocument) -> None:
        spare = self.viewport().width() - self._measure_px if self._measure_px else 0
        margin = max(self._margin_px, spare // 2)
        margin -= _FOCUS_EDGE_PX
        frame = document.rootFrame()
        shape = frame.frameFormat()
        if (shape.leftMargin(), shape.rightMargin()) == (margin, margin):
            return
        shape.setLeftMargin(margin)
        shape.setRightMargin(margin)
        shape.setTopMargin(self._head_px)
        shape.setBottomMargin(2 * self._head_px)
        frame.setFrameFormat(shape)

    def _selection(self, span: Span, colour: QColor) -> QTextEdit.ExtraSelection:
        cursor = self._cursor(span[0])
        cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setBackground(colour)
        selection = QTextEdit.ExtraSelection()
        selection.cursor = cursor  # pyright: ignore[reportAttributeAccessIssue]
        selection.format = look  # pyright: ignore[reportAttributeAccessIssue]
        return selection

    def _cursor(self, place: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(place)
        return cursor
