"""What two copies of a document disagree about, side by side, to be chosen one by one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from geodata.document_request import Disagreement
from viewer.model.history_text import differences

_SIZE_PX = (520, 360)
_GONE = "It is deleted here."
_NOT_CHOSEN = "Choose for each."


class MergeQuestion(QDialog):
    """Shows each disagreement with the two versions side by side; stands beside the map and does not lock it.

    Signals
    -------
    answered(tuple[tuple[str, str, str | None], ...])
        Table, id and text of each row, as the person chose.
    looked_at(int)
        The person looks at this disagreement.
    """

    answered = Signal(tuple)
    looked_at = Signal(int)

    def __init__(self, other: str, open_ones: Sequence[Disagreement], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Merge with {other}")
        self.resize(*_SIZE_PX)
        self._open = tuple(open_ones)
        self._ours: list[bool | None] = [None] * len(self._open)
        self._list = QListWidget()
        self._list.setAccessibleName("What both changed")
        for one in self._open:
            self._list.addItem(QListWidgetItem(f"{one.title}  ({one.table.rstrip('s')})"))
        self.mine, self.theirs = QRadioButton("Mine (blue on the map)"), QRadioButton("Theirs (red on the map)")
        self._sides = QButtonGroup(self)
        self._sides.addButton(self.mine, 1)
        self._sides.addButton(self.theirs, 0)
        self._sides.idClicked.connect(self._choose)
        self._texts = (_text("My version"), _text("Their version"))
        self._state = QLabel()
        self.merge = QPushButton("Merge")
        self.merge.clicked.connect(self._answer)
        self._lay_out(other)
        self._list.currentRowChanged.connect(self._show)
        self._list.setCurrentRow(0)
        self._show_state()

    def _lay_out(self, other: str) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(8)
        words = QLabel(f"Both you and {other} changed these. All else is combined.")
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        column.addWidget(words)
        column.addWidget(self._list, 1)
        beside = QHBoxLayout()
        for side, text in zip((self.mine, self.theirs), self._texts, strict=True):
            half = QVBoxLayout()
            half.addWidget(side)
            half.addWidget(text, 1)
            beside.addLayout(half, 1)
        column.addLayout(beside, 2)
        line = QHBoxLayout()
        for words, is_ours in (("Mine everywhere", True), ("Theirs everywhere", False)):
            button = QPushButton(words)
            button.clicked.connect(lambda _checked=False, is_ours=is_ours: self._choose_all(is_ours))
            line.addWidget(button)
        line.addWidget(self._state, 1)
        cancel = QPushButton("Cancel")
        cancel.clicked.connect(self.reject)
        line.addWidget(cancel)
        line.addWidget(self.merge)
        column.addLayout(line)

    def _show(self, row: int) -> None:
        if row < 0:
            return
        one = self._open[row]
        ours, theirs = differences(one.ours, one.theirs)
        for text, words in zip(self._texts, (ours, theirs), strict=True):
            text.setPlainText(_GONE if words is None else words)
        self._sides.setExclusive(False)
        self.mine.setChecked(self._ours[row] is True)
        self.theirs.setChecked(self._ours[row] is False)
        self._sides.setExclusive(True)
        self.looked_at.emit(row)

    def _choose(self, side: int) -> None:
        self._ours[self._list.currentRow()] = bool(side)
        self._show_state()

    def _choose_all(self, is_ours: bool) -> None:
        self._ours = [is_ours] * len(self._open)
        self._show(self._list.currentRow())
        self._show_state()

    def _show_state(self) -> None:
        left = self._ours.count(None)
        self._state.setText(_NOT_CHOSEN if left == len(self._ours) else f"{left} left to choose." if left else "")
        self.merge.setEnabled(not left)

    def _answer(self) -> None:
        chosen = tuple(
            (one.table, one.id, one.ours if is_ours else one.theirs)
            for one, is_ours in zip(self._open, self._ours, strict=True)
        )
        self.accept()
        self.answered.emit(chosen)


def _text(name: str) -> QPlainTextEdit:
    text = QPlainTextEdit()
    text.setReadOnly(True)
    text.setAccessibleName(name)
    return text
