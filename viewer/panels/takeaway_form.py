"""What is made of a talk: a handout, slides, pictures or a film, and how large."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

_KINDS = {
    "handout": "Handout – PDF, a page for each step",
    "slides": "Slides – PPTX, with the notes",
    "pictures": "Pictures – a PNG for each step",
    "video": "Video – MP4, with flights and captions",
}
_ABOUT = {
    "handout": "A cover, then picture, text, notes and sources of each step. Its words can be searched.",
    "slides": "For PowerPoint, Impress and Keynote. Titles and notes stay text; the map is a picture.",
    "pictures": "As the audience sees them, into a folder that you choose.",
    "video": "The whole talk in its own time, 30 frames a second; the notes stand below the map.",
}
_LEAST_PX, _MOST_PX = 320, 16_000
_FORM_PX = 460


class TakeawayForm(QDialog):
    """Asks for a take-away of a story.

    Signals
    -------
    wanted(str, (int, int))
        The person wants this kind, in this size in pixels, which pages and slides pass over.
    """

    wanted = Signal(str, object)

    def __init__(self, *, title: str, length: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Take-aways of “{title}”")
        self.setMinimumWidth(_FORM_PX)
        self._length = length
        self.kind = QComboBox()
        for kind, words in _KINDS.items():
            self.kind.addItem(words, kind)
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.width_px, self.height_px = _number(1920), _number(1080)
        self._size = QWidget()
        line = QHBoxLayout(self._size)
        line.setContentsMargins(0, 0, 0, 0)
        for widget in (self.width_px, QLabel("×"), self.height_px):
            line.addWidget(widget)
        line.addStretch(1)
        form = QFormLayout()
        form.addRow("What", self.kind)
        form.addRow("", self.about)
        form.addRow("Size", self._size)
        buttons = QDialogButtonBox()
        buttons.addButton("Save …", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(buttons)
        self.kind.currentIndexChanged.connect(self._follow)
        self._follow()

    def _follow(self, _: object = None) -> None:
        kind = self.kind.currentData()
        length = f" {self._length}." if kind == "video" else ""
        self.about.setText(f"{_ABOUT[kind]}{length}")
        self._size.setEnabled(kind in ("pictures", "video"))

    def _accept(self) -> None:
        self.wanted.emit(self.kind.currentData(), (self.width_px.value(), self.height_px.value()))
        self.accept()


def _number(value: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(_LEAST_PX, _MOST_PX)
    box.setValue(value)
    box.setSuffix(" px")
    box.setGroupSeparatorShown(True)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    return box
