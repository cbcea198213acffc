"""What a figure is to be like: format, size, heading, and what stands on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from viewer.model.figure import LEAST_DPI, LEAST_PX, MOST_DPI, MOST_PX, FigureKind, FigureSpec

_KINDS: dict[FigureKind, str] = {
    "PNG": "PNG – a picture",
    "PDF": "PDF – a page, its words can be searched",
    "SVG": "SVG – a drawing for other programs",
}
_WIDTH_PX = 3_000
_FORM_PX = 460


class FigureForm(QDialog):
    """Asks for a figure of what is seen.

    Parameters
    ----------
    title, today
        What stands on it at first.
    fitting_height
        Tells the height in pixels at which the map has exactly the shape of the view.

    Signals
    -------
    wanted(FigureSpec, bool)
        The person wants this figure; and whether its sources as a text beside it.
    """

    wanted = Signal(object, bool)

    def __init__(
        self,
        *,
        title: str,
        today: str,
        fitting_height: Callable[[FigureSpec], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Make a figure")
        self.setMinimumWidth(_FORM_PX)
        self._today = today
        self._fitting_height = fitting_height
        self.kind = QComboBox()
        for kind, words in _KINDS.items():
            self.kind.addItem(words, kind)
        self.width_px = _number(LEAST_PX, MOST_PX, _WIDTH_PX, " px")
        self.height_px = _number(LEAST_PX, MOST_PX, _WIDTH_PX, " px")
        self.dpi = _number(LEAST_DPI, MOST_DPI, 300, " dpi")
        self.is_as_seen = QCheckBox("As high as the view")
        self.paper = QLabel()
        self.title, self.note = QLineEdit(title), QLineEdit()
        self.has_legend, self.has_sources = QCheckBox("Legend"), QCheckBox("Sources")
        self.has_date, self.has_citations = QCheckBox("Date"), QCheckBox("Sources also as a text file beside it")
        for box in (self.is_as_seen, self.has_legend, self.has_sources, self.has_date):
            box.setChecked(True)
        self._lay_out()
        self._connect()
        self._follow()

    @property
    def spec(self) -> FigureSpec:
        """What is asked for now."""
        return FigureSpec(
            kind=self.kind.currentData(),
            width_px=self.width_px.value(),
            height_px=self.height_px.value(),
            dpi=self.dpi.value(),
            title=" ".join(self.title.text().split()),
            note=" ".join(self.note.text().split()),
            date=self._today if self.has_date.isChecked() else "",
            has_legend=self.has_legend.isChecked(),
            has_sources=self.has_sources.isChecked(),
        )

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow("Format", self.kind)
        form.addRow("Width", self.width_px)
        line = QHBoxLayout()
        line.addWidget(self.height_px, 1)
        line.addWidget(self.is_as_seen)
        form.addRow("Height", line)
        form.addRow("Resolution", self.dpi)
        form.addRow("", self.paper)
        form.addRow("Title", self.title)
        form.addRow("Line below it", self.note)
        for box in (self.has_legend, self.has_sources, self.has_date, self.has_citations):
            form.addRow("", box)
        buttons = QDialogButtonBox()
        buttons.addButton("Save …", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(buttons)

    def _connect(self) -> None:
        for number in (self.width_px, self.height_px, self.dpi):
            number.valueChanged.connect(self._follow)
        for edit in (self.title, self.note):
            edit.textChanged.connect(self._follow)
        for box in (self.is_as_seen, self.has_sources, self.has_date):
            box.toggled.connect(self._follow)

    def _follow(self, _: object = None) -> None:
        """Keep the height to the view's shape where that is wanted, and say the size on paper."""
        self.height_px.setEnabled(not self.is_as_seen.isChecked())
        spec = self.spec
        if self.is_as_seen.isChecked():
            spec = replace(spec, height_px=self._fitting_height(spec))
            self.height_px.blockSignals(True)
            self.height_px.setValue(spec.height_px)
            self.height_px.blockSignals(False)
        width, height = spec.size_mm
        self.paper.setText(f"{width:.0f} × {height:.0f} mm on paper")

    def _accept(self) -> None:
        self.wanted.emit(self.spec, self.has_citations.isChecked())
        self.accept()


def _number(least: int, most: int, value: int, unit: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.setSuffix(unit)
    box.setGroupSeparatorShown(True)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    return box
