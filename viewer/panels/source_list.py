"""The sources of an annotation, each with its Admiralty grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from geodata.annotations import CitedSource
from viewer.panels.evidence import CREDIBILITY, RELIABILITY

_UNGRADED = "Not graded"


class SourceRow(QFrame):
    """The fields of one source.

    Signals
    -------
    changed()
        Something else is written.
    remove_requested()
        The person wants this source no more.
    """

    changed = Signal()
    remove_requested = Signal()

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sourceRow")
        self.title, self.publisher, self.date, self.address = (QLineEdit() for _ in range(4))
        self.reliability, self.credibility = QComboBox(), QComboBox()
        _fill(self.reliability, RELIABILITY)
        _fill(self.credibility, CREDIBILITY)
        self.remove = QPushButton("Remove this source")
        self.remove.setFlat(True)
        self.remove.clicked.connect(self.remove_requested)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 8)
        grid.setSpacing(4)
        fields = (
            ("Title", self.title, (0, 0, 1, 2)),
            ("Publisher", self.publisher, (1, 0, 1, 1)),
            ("Date, as 2025-08-15", self.date, (1, 1, 1, 1)),
            ("Address", self.address, (2, 0, 1, 2)),
        )
        for name, field, place in fields:
            field.setPlaceholderText(name)
            field.setAccessibleName(f"Source {number}: {name}")
            field.textChanged.connect(self.changed)
            grid.addWidget(field, *place)
        for column, (name, choice) in enumerate((("Reliability", self.reliability), ("Credibility", self.credibility))):
            choice.setAccessibleName(f"Source {number}: {name}")
            choice.setToolTip(f"{name}, by the Admiralty scale")
            choice.setMinimumContentsLength(8)
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.currentIndexChanged.connect(self.changed)
            grid.addWidget(choice, 3, column)
        grid.addWidget(self.remove, 4, 0, 1, 2)

    @property
    def source(self) -> CitedSource | None:
        """What is written; None until there is a title and a publisher."""
        title, publisher = self.title.text().strip(), self.publisher.text().strip()
        if not title or not publisher:
            return None
        grade = f"{self.reliability.currentData()}{self.credibility.currentData()}"
        return CitedSource(title, publisher, self.date.text().strip(), self.address.text().strip(), grade)

    @property
    def problem(self) -> str:
        """What is missing before this can be a source; empty for nothing."""
        written = [field.text().strip() for field in (self.title, self.publisher, self.date, self.address)]
        if any(written) and not (written[0] and written[1]):
            return "A source needs a title and a publisher."
        if bool(self.reliability.currentData()) != bool(self.credibility.currentData()):
            return "A grade has two parts: how reliable the source is, and how credible what it says."
        return ""

    def show_source(self, source: CitedSource) -> None:
        """Fill the fields."""
        self.title.setText(source.title)
        self.publisher.setText(source.publisher)
        self.date.setText(source.date)
        self.address.setText(source.address)
        for choice, mark in ((self.reliability, source.grade[:1]), (self.credibility, source.grade[1:])):
            choice.setCurrentIndex(max(choice.findData(mark), 0))


class SourceList(QWidget):
    """Sources one below the other; there is always room for one.

    Signals
    -------
    changed()
        Something else is written, or there is another number of sources.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[SourceRow] = []
        self.add = QPushButton("Add a source")
        self.add.clicked.connect(lambda: self.add_row().title.setFocus())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.add)
        self.show_sources(())

    @property
    def rows(self) -> tuple[SourceRow, ...]:
        """The fields of each source."""
        return tuple(self._rows)

    @property
    def sources(self) -> tuple[CitedSource, ...]:
        """The sources that have a title and a publisher."""
        return tuple(source for row in self._rows if (source := row.source) is not None)

    @property
    def problems(self) -> tuple[str, ...]:
        """What is missing before each row is a source."""
        return tuple(dict.fromkeys(row.problem for row in self._rows if row.problem))

    def show_sources(self, sources: Sequence[CitedSource]) -> None:
        """Show these, in place of all others."""
        with QSignalBlocker(self):
            while self._rows:
                self._drop(self._rows[-1])
            for source in sources:
                self.add_row().show_source(source)
            if not sources:
                self.add_row()
        self.changed.emit()

    def add_row(self) -> SourceRow:
        """Make room for one more source."""
        row = SourceRow(len(self._rows) + 1)
        row.changed.connect(self.changed)
        row.remove_requested.connect(lambda: self._remove(row))
        self._column.insertWidget(len(self._rows), row)
        self._rows.append(row)
        self.changed.emit()
        return row

    def _remove(self, row: SourceRow) -> None:
        self._drop(row)
        if not self._rows:
            self.add_row()
        self.changed.emit()

    def _drop(self, row: SourceRow) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()


def _fill(choice: QComboBox, words: Mapping[str, str]) -> None:
    choice.addItem(_UNGRADED, "")
    for mark, text in words.items():
        choice.addItem(f"{mark} – {text}", mark)
