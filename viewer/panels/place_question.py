"""The question where a file's numbers lie, with the ways to understand them and where each would bring the data."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from geodata.reading.outcome import Interpretation

_CODE = re.compile(r"(?:EPSG:)?(\d{4,6})", re.IGNORECASE)
_WIDTH_PX = 460


class PlaceQuestion(QDialog):
    """Asks which of several interpretations is meant; another can be given by its EPSG code.

    Signals
    -------
    answered(Interpretation)
        The person has chosen.
    looked_at(int)
        The person considers this one of the interpretations.
    """

    answered = Signal(object)
    looked_at = Signal(int)

    def __init__(
        self, title: str, finding: str, candidates: Sequence[Interpretation], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Where does {title} lie?")
        self.setMinimumWidth(_WIDTH_PX)
        self._candidates = tuple(candidates)
        self._group = QButtonGroup(self)
        self._code = QLineEdit()
        self._code.setPlaceholderText("EPSG code, for instance 32606")
        self._code.setAccessibleName("EPSG code of another coordinate system")
        self._code.textEdited.connect(self._choose_other)
        self._buttons = QDialogButtonBox()
        self._use = self._buttons.addButton("Use it", QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.accepted.connect(self._answer)
        self._buttons.rejected.connect(self.reject)
        self._group.idToggled.connect(self._show_usable)
        self._group.idToggled.connect(lambda number, on: self.looked_at.emit(number) if on else None)
        self._lay_out(finding)
        self._group.buttons()[0].setChecked(True)
        self._show_usable()

    @property
    def choice(self) -> Interpretation | None:
        """What is chosen now; None where a code is to be given and is none."""
        number = self._group.checkedId()
        if 0 <= number < len(self._candidates):
            return self._candidates[number]
        match = _CODE.fullmatch(self._code.text().strip())
        return Interpretation(f"EPSG:{match[1]}", f"EPSG:{match[1]}") if match else None

    def _lay_out(self, finding: str) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(_words(finding))
        column.addWidget(_words("What are they?"))
        for number, way in enumerate(self._candidates):
            button = QRadioButton(f"{way.title}\n{f'around {way.place}' if way.place else ''}".strip())
            self._group.addButton(button, number)
            column.addWidget(button)
        line = QHBoxLayout()
        other = QRadioButton("Another system")
        self._group.addButton(other, len(self._candidates))
        line.addWidget(other)
        line.addWidget(self._code, 1)
        column.addLayout(line)
        column.addSpacing(8)
        column.addWidget(self._buttons)

    def _choose_other(self) -> None:
        self._group.button(len(self._candidates)).setChecked(True)
        self._show_usable()

    def _show_usable(self) -> None:
        self._use.setEnabled(self.choice is not None)

    def _answer(self) -> None:
        choice = self.choice
        self.accept()
        if choice is not None:
            self.answered.emit(choice)


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
