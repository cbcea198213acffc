"""The form of an annotation of one's own, checked as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from geodata.annotations import Annotation, problem_of
from geodata.likelihood import CONFIDENCES, LIKELIHOODS
from geodata.lint import is_unsourced, lint
from viewer.model.palette import Palette
from viewer.panels.markdown_field import MarkdownField
from viewer.panels.picture_list import PictureBook, PictureList
from viewer.panels.source_list import SourceList

_KINDS = ("judgement", "claim", "note", "label", "drawing")
_NONE = "Not stated"
_NO_PASSAGE = "No passage"
_SHOWN_LETTERS = 60

DRAFT = Annotation("draft", "", _KINDS[0], "own", "")
"""An annotation of which nothing is written yet."""


class NoteForm(QWidget):
    """Everything that an annotation says, in one column; below, what a careful reader would object to.

    Signals
    -------
    save_requested()
        The person wants to keep what is written.
    delete_requested()
        The person wants the annotation that is shown to be gone.
    """

    save_requested = Signal()
    delete_requested = Signal()

    def __init__(self, palette: Palette, book: PictureBook | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.date, self.tags = QLineEdit(), QLineEdit(), QLineEdit()
        self.date.setPlaceholderText("2025, 2025-08 or 2025-08-15")
        self.tags.setPlaceholderText("Words, with commas between them")
        self.body = MarkdownField(palette, name="Text (Markdown)")
        self.sources, self.pictures = SourceList(), PictureList(book or PictureBook())
        self.kind, self.passage = QComboBox(), QComboBox()
        self.likelihood, self.confidence = QComboBox(), QComboBox()
        self.kind.addItems(list(_KINDS))
        _fill(self.likelihood, _NONE, [(step.word, step.text) for step in LIKELIHOODS])
        _fill(self.confidence, _NONE, [(word, word.capitalize()) for word in CONFIDENCES])
        self.findings = QLabel()
        self.findings.setWordWrap(True)
        self.findings.setTextFormat(Qt.TextFormat.PlainText)
        self.save, self.delete = QPushButton("Save"), QPushButton("Delete")
        self.save.clicked.connect(self.save_requested)
        self.delete.clicked.connect(self.delete_requested)
        self.set_passages(())
        self._lay_out()
        for edit in (self.title, self.date, self.tags):
            edit.textChanged.connect(self._check)
        for part in (self.body, self.sources, self.pictures):
            part.changed.connect(self._check)
        for choice in (self.kind, self.passage, self.likelihood, self.confidence):
            choice.currentIndexChanged.connect(self._check)
        self.clear()

    def clear(self) -> None:
        """Begin an empty form."""
        self.show_annotation(DRAFT)
        self.delete.hide()
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_passages(self, passages: Sequence[tuple[str, str]]) -> None:
        """Let one of these passages be chosen, as (id, words); what is chosen stays so where it still can be."""
        chosen = str(self.passage.currentData() or "")
        self.passage.clear()
        _fill(self.passage, _NO_PASSAGE, [(key, _shortened(words)) for key, words in passages])
        self.passage.setCurrentIndex(max(self.passage.findData(chosen), 0))

    def set_palette(self, palette: Palette) -> None:
        """Show the text in these colours."""
        self.body.set_palette(palette)

    def show_annotation(self, note: Annotation) -> None:
        """Show what an annotation says, to be changed or deleted."""
        self.title.setText(note.title)
        self.date.setText(note.date)
        self.tags.setText(", ".join(note.tags))
        self.body.set_text(note.body)
        self.sources.show_sources(note.sources)
        self.pictures.show_pictures(note.pictures)
        if self.kind.findText(note.kind) < 0:
            self.kind.addItem(note.kind)
        self.kind.setCurrentText(note.kind)
        if note.passage and self.passage.findData(note.passage) < 0:
            self.passage.addItem(note.passage, note.passage)  # of another article, and not to be lost
        for choice, value in (
            (self.passage, note.passage),
            (self.likelihood, note.likelihood),
            (self.confidence, note.confidence),
        ):
            choice.setCurrentIndex(max(choice.findData(value or ""), 0))
        self.delete.show()
        self._check()

    def annotation(self, like: Annotation = DRAFT) -> Annotation:
        """Return an annotation that says what is written; all else is as another has it."""
        tags = (" ".join(tag.split()) for tag in self.tags.text().split(","))
        return replace(
            like,
            title=self.title.text().strip(),
            kind=self.kind.currentText(),
            body=self.body.text,
            passage=self.passage.currentData() or "",
            date=self.date.text().strip(),
            tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
            sources=self.sources.sources,
            pictures=self.pictures.pictures,
            likelihood=self.likelihood.currentData() or None,
            confidence=self.confidence.currentData() or None,
        )

    def _check(self, _: object = None) -> None:
        note = self.annotation()
        is_begun = bool(note.title and note.body)
        wrong = [*self.sources.problems, *filter(None, [problem_of(note) if is_begun else ""])]
        found = [f"{finding.rule}: {finding.says} {finding.advice}" for finding in lint(note)]
        self.findings.setText("\n\n".join((*wrong, *found)))
        self.save.setEnabled(is_begun and not wrong)
        self.save.setText("Save as UNSOURCED" if is_unsourced(note) else "Save")

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in (
            ("Title", self.title),
            ("Kind", self.kind),
            ("Text (Markdown)", self.body),
            ("Passage of the article", self.passage),
            ("Date", self.date),
            ("Tags", self.tags),
            ("Sources", self.sources),
            ("Pictures", self.pictures),
            ("Likelihood", self.likelihood),
            ("Confidence", self.confidence),
        ):
            field.setAccessibleName(name)
            form.addRow(name, field)
        for choice in (self.passage, self.kind, self.likelihood, self.confidence):
            choice.setMinimumContentsLength(12)
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        inside = QWidget()
        inside.setLayout(form)
        form.setContentsMargins(12, 8, 12, 12)
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setWidget(inside)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save, 1)
        buttons.addWidget(self.delete)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 12)
        foot.addWidget(self.findings)
        foot.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scrolled, 1)
        column.addLayout(foot)


def _fill(choice: QComboBox, nothing: str, words: Sequence[tuple[str, str]]) -> None:
    choice.addItem(nothing, "")
    for value, text in words:
        choice.addItem(text, value)


def _shortened(words: str) -> str:
    return words if len(words) <= _SHOWN_LETTERS else f"{words[: _SHOWN_LETTERS - 1].rstrip()}…"
