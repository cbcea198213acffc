"""The box that everything is searched from: a line to type in, and what was found below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from viewer.model.search import KINDS, Found
from viewer.panels.icons import Icons

_WIDEST_PX, _EDGE_PX, _TOP_PX = 640, 16, 12
_ROW_PX = 34
_FEWEST_ROWS, _MOST_ROWS = 4, 10
_SHARE = 0.4  # of the height: what is looked at stands in the middle of the map
_INSET_PX = 12
_HINT = "A place, a word of the article, a source, a command, or a position such as 69 N 33 E"
_NOTHING = "Nothing is called so. Try fewer letters, another spelling, or a position such as 69 N 33 E."
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _MOST_ROWS,
    Qt.Key.Key_PageUp: -_MOST_ROWS,
}
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYS = (*_STEPS, *_TAKING, Qt.Key.Key_Escape)
_FOUND_ROLE = Qt.ItemDataRole.UserRole


class SearchBox(QFrame):
    """Stands over the top of another widget while it is open.

    Signals
    -------
    asked(str)
        The words changed.
    previewed(Found)
        The arrow keys or the mouse came to an answer.
    chosen(Found)
        The person wants it.
    dismissed()
        Esc: everything is to be as it was before.
    left()
        The person went on with something else.
    """

    asked = Signal(str)
    previewed = Signal(object)
    chosen = Signal(object)
    dismissed = Signal()
    left = Signal()

    def __init__(self, over: QWidget, *, icons: Icons) -> None:
        super().__init__(over)
        self.setObjectName("searchBox")
        self._over = over
        self.line = QLineEdit()
        self.line.setObjectName("searchLine")
        self.line.setPlaceholderText("Search everything")
        self.line.setAccessibleName("Search everything")
        self.line.setMaxLength(120)
        self.line.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setObjectName("searchList")
        self.list.setAccessibleName("Found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_Row(icons, self.list))
        self.words = QLabel(_HINT)
        self.words.setObjectName("emptyText")
        self.words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.line)
        column.addWidget(self.list)
        column.addWidget(self.words)
        self.line.textEdited.connect(self.asked)
        self.list.currentItemChanged.connect(self._preview)
        self.list.itemClicked.connect(self._choose)
        self.line.installEventFilter(self)
        over.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Come up with the last words marked, so that typing replaces them."""
        self._fit()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def show_found(self, found: Sequence[Found]) -> None:
        """List these answers; the first is the one that Enter takes."""
        self.list.blockSignals(True)
        self.list.clear()
        for one in found:
            item = QListWidgetItem(one.entry.title)
            item.setData(_FOUND_ROLE, one)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.entry.title}, {KINDS[one.entry.kind]}")
            self.list.addItem(item)
        self.list.setCurrentRow(0 if found else -1)
        self.list.blockSignals(False)
        self.words.setText(_NOTHING if self.line.text().strip() else _HINT)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer the keys of a list while the line has them, keep to the middle, and go when the person goes on."""
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        is_ours = watched is self.line and isinstance(event, QKeyEvent) and event.key() in _KEYS
        if is_ours and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # else the window would take it: its Esc steps back on the map
            return True
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        is_leaving = watched is self.line and event.type() == QEvent.Type.FocusOut and self.isVisible()
        if is_leaving and QApplication.activePopupWidget() is None:
            self.hide()
            self.left.emit()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in _STEPS and self.list.count():
            row = self.list.currentRow() + _STEPS[Qt.Key(event.key())]
            self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
            return True
        if event.key() in _TAKING:
            self._choose(self.list.currentItem())
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.dismissed.emit()
            return True
        return False

    def _preview(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.previewed.emit(item.data(_FOUND_ROLE))

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            found = item.data(_FOUND_ROLE)
            self.hide()
            self.chosen.emit(found)

    def _fit(self) -> None:
        """Take the middle of the top, as high as the answers need."""
        room = int(self._over.height() * _SHARE - self.line.sizeHint().height()) // _ROW_PX
        rows = min(self.list.count(), max(room, _FEWEST_ROWS), _MOST_ROWS)
        self.list.setVisible(rows > 0)
        self.words.setVisible(rows == 0)
        self.list.setFixedHeight(rows * _ROW_PX + 6)
        width = min(_WIDEST_PX, self._over.width() - 2 * _EDGE_PX)
        self.setFixedWidth(max(width, 1))
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, _TOP_PX)


class _Row(QStyledItemDelegate):
    """Paints an answer: its title, the name it was found by, and at the right what it is."""

    def __init__(self, icons: Icons, parent: QObject) -> None:
        super().__init__(parent)
        self._icons = icons

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return a row's height."""
        del option, index
        return QSize(100, _ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one answer."""
        found = index.data(_FOUND_ROLE)
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._icons.colour("ui_selected"))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 4, 4)
        inner = rect.adjusted(_INSET_PX, 0, -_INSET_PX, 0)
        about = " · ".join(part for part in (KINDS[found.entry.kind], found.entry.detail) if part)
        small = QFont(option.font)  # pyright: ignore[reportAttributeAccessIssue]
        small.setPixelSize(12)
        room = inner.width() * 2 // 5
        used = _write(painter, inner, about, small, self._icons.colour("ui_text_soft"), room, to_right=True)
        title = found.entry.title if not found.by_name else f"{found.entry.title} – {found.by_name}"
        plain = QFont(option.font)  # pyright: ignore[reportAttributeAccessIssue]
        _write(painter, inner, title, plain, self._icons.colour("ui_text"), inner.width() - used - _INSET_PX)
        painter.restore()


def _write(
    painter: QPainter, area: QRect, text: str, font: QFont, colour: QColor, room: int, *, to_right: bool = False
) -> int:
    """Write a line that fits a room, and return how much of it it took."""
    painter.setFont(font)
    painter.setPen(colour)
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    side = Qt.AlignmentFlag.AlignRight if to_right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)
