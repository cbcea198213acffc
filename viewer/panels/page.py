"""A page of text to be read: it opens no address and fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QColor, QMouseEvent, QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

Span = tuple[int, int]

_FOCUS_EDGE_PX = 2  # the style sheet draws the focus as a line left of the text


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
        document.setParent(self)
        self.setDocument(document)
        self._set_margins()
        if before is not None:
            before.deleteLater()

    def mark(self, spans: Sequence[Span], colour: QColor) -> None:
        """Highlight these stretches of the document, and nothing else."""
        self.setExtraSelections([self._selection(span, colour) for span in spans])

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
        self._set_margins()

    def _choose(self, url: QUrl) -> None:
        scheme, _, value = url.toString().partition(":")
        self.link_chosen.emit(scheme, value)

    def _set_margins(self) -> None:
        spare = self.viewport().width() - self._measure_px if self._measure_px else 0
        margin = max(self._margin_px, spare // 2)
        margin -= _FOCUS_EDGE_PX
        frame = self.document().rootFrame()
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
