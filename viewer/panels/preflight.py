"""What is not as it should be before a talk: a quiet list, with a button for what can be mended at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QPushButton, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from viewer.model.preflight import Finding

_LONGEST_MIN = 24 * 60
_WORDS = {
    "drop": "Take it out of the step",
    "notes": "Write notes",
    "time": "Keep this time",
    "words": "Shorten it",
    "slot": "Shorten every step alike",
}
_ALL_WELL = "Nothing to mend. The talk can begin."


class PreflightPanel(QWidget):
    """The findings, the gravest first.

    Signals
    -------
    fix_requested(Finding)
        The person wants this mended.
    step_chosen(int)
        The person wants to see the step that a finding is about.
    slot_changed(float)
        The person has so many seconds for the talk; 0 for unsaid.
    """

    fix_requested = Signal(object)
    step_chosen = Signal(int)
    slot_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preflightPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.slot_min = QSpinBox()
        self.slot_min.setRange(0, _LONGEST_MIN)
        self.slot_min.setSuffix(" min")
        self.slot_min.setSpecialValueText("Not said")
        self.slot_min.setAccessibleName("Time that you have")
        self.slot_min.editingFinished.connect(lambda: self.slot_changed.emit(60.0 * self.slot_min.value()))
        self.verdict = QLabel()
        self.verdict.setObjectName("cardTitle")
        self.verdict.setWordWrap(True)
        form = QFormLayout()
        form.addRow("Time that you have", self.slot_min)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(10)
        column.addLayout(form)
        column.addWidget(self.verdict)
        column.addLayout(self._rows)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    @property
    def rows(self) -> tuple[QWidget, ...]:
        """A widget for each finding, in order."""
        items = (self._rows.itemAt(number) for number in range(self._rows.count()))
        widgets = (item.widget() for item in items if item is not None)
        return tuple(widget for widget in widgets if widget is not None)

    def show_findings(self, findings: Sequence[Finding], *, slot_s: float) -> None:
        """List these; faults first, then what is only good to know."""
        if not self.slot_min.hasFocus():
            self.slot_min.setValue(round(slot_s / 60))
        for row in self.rows:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        for finding in sorted(findings, key=lambda one: one.is_note):
            self._rows.addWidget(self._row(finding))
        count = sum(not finding.is_note for finding in findings)
        self.verdict.setText(f"{count} thing{'s' if count > 1 else ''} to mend" if count else _ALL_WELL)

    def _row(self, finding: Finding) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for text, name in ((finding.where, "cardShare"), (finding.what, "eventWords"), (finding.fix, "cardShare")):
            label = QLabel(text)
            label.setObjectName(name)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        if finding.remedy:
            button = QPushButton(_WORDS[finding.remedy])
            button.setAccessibleName(f"{_WORDS[finding.remedy]}: {finding.where}, {finding.what}")
            button.clicked.connect(lambda: self.fix_requested.emit(finding))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if finding.step >= 0:
            show = QPushButton("Show the step")
            show.setFlat(True)
            show.clicked.connect(lambda: self.step_chosen.emit(finding.step))
            column.addWidget(show, 0, Qt.AlignmentFlag.AlignLeft)
        return row
