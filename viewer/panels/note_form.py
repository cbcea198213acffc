"""The form of an annotation of one's own, checked as it is written."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geodata.annotations import Annotation, CitedSource
from geodata.likelihood import CONFIDENCES, LIKELIHOODS
from geodata.lint import is_unsourced, lint

_KINDS = ("judgement", "claim", "note", "label")
_NONE = "Not stated"


class NoteForm(QWidget):
    """Title, kind, text, one source, likelihood and confidence; below, what a careful reader would object to.

    Signals
    -------
    save_requested()
        The person wants to keep what is written.
    """

    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.source, self.publisher = QLineEdit(), QLineEdit(), QLineEdit()
        self.body = QPlainTextEdit()
        self.body.setTabChangesFocus(True)
        self.kind, self.likelihood, self.confidence = QComboBox(), QComboBox(), QComboBox()
        self.kind.addItems(list(_KINDS))
        self._fill(self.likelihood, {step.word: step.text for step in LIKELIHOODS})
        self._fill(self.confidence, {word: word.capitalize() for word in CONFIDENCES})
        self.findings = QLabel()
        self.findings.setWordWrap(True)
        self.findings.setTextFormat(Qt.TextFormat.PlainText)
        self.save = QPushButton("Save")
        self.save.clicked.connect(self.save_requested)
        self._lay_out()
        for edit in (self.title, self.source, self.publisher):
            edit.textChanged.connect(self._check)
        self.body.textChanged.connect(self._check)
        for choice in (self.kind, self.likelihood, self.confidence):
            choice.currentIndexChanged.connect(self._check)
        self.clear()

    def clear(self) -> None:
        """Begin an empty form."""
        for edit in (self.title, self.source, self.publisher, self.body):
            edit.clear()
        for choice in (self.kind, self.likelihood, self.confidence):
            choice.setCurrentIndex(0)
        self._check()
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def annotation(self) -> Annotation:
        """Return what is written, of no place, time or author yet; a source counts once both its fields are filled."""
        title, publisher = self.source.text().strip(), self.publisher.text().strip()
        return Annotation(
            id="draft",
            title=self.title.text().strip(),
            kind=self.kind.currentText(),
            voice="own",
            body=self.body.toPlainText().strip(),
            sources=(CitedSource(title, publisher),) if title and publisher else (),
            likelihood=self.likelihood.currentData() or None,
            confidence=self.confidence.currentData() or None,
        )

    def _check(self, _: object = None) -> None:
        note = self.annotation()
        self.findings.setText("\n\n".join(f"{found.rule}: {found.says} {found.advice}" for found in lint(note)))
        self.save.setEnabled(bool(note.title and note.body))
        self.save.setText("Save as UNSOURCED" if is_unsourced(note) else "Save")

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for name, field in (
            ("Title", self.title),
            ("Kind", self.kind),
            ("Text (Markdown)", self.body),
            ("Source", self.source),
            ("Publisher", self.publisher),
            ("Likelihood", self.likelihood),
            ("Confidence", self.confidence),
        ):
            field.setAccessibleName(name)
            form.addRow(name, field)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.addLayout(form)
        column.addWidget(self.findings)
        column.addWidget(self.save)

    def _fill(self, choice: QComboBox, words: dict[str, str]) -> None:
        choice.addItem(_NONE, "")
        for word, text in words.items():
            choice.addItem(text, word)
