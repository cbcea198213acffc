"""What a step says: title, caption, the speaker's notes and time, and how it comes."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import QRegularExpression, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from geodata.viewpoints import VIEWS
from viewer.model.palette import Palette
from viewer.model.story import StepKind, StoryStep, Transition
from viewer.panels.markdown_field import MarkdownField

_KINDS = {"map": "Map with a caption", "cover": "Cover, title in large type", "closing": "Closing, title in large type"}
_TRANSITIONS = {"fly": "The map flies there", "cut": "The map is there at once"}
_CAPTION_PX = 64
_PAUSE_MS = 250
_LONGEST_S = 24 * 3600
_NO_DATE = "2025, 2025-08 or 2025-08-15"
_NOTHING = "Add a step to the story, or click one, to write what you want to say."


class StepForm(QWidget):
    """The words and the time of one step; what is written is kept while it is written.

    Signals
    -------
    changed(StoryStep)
        The step says something else.
    update_requested()
        The person wants the step to show what the map shows now.
    """

    changed = Signal(object)
    update_requested = Signal()

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stepForm")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._step: StoryStep | None = None
        self.title, self.date = QLineEdit(), QLineEdit()
        self.date.setPlaceholderText(_NO_DATE)
        self.caption = QPlainTextEdit()
        self.caption.setTabChangesFocus(True)
        self.caption.setFixedHeight(_CAPTION_PX)
        self.notes = MarkdownField(palette, name="Notes (Markdown)")
        self.seconds = QSpinBox()
        self.seconds.setRange(0, _LONGEST_S)
        self.seconds.setSuffix(" s")
        self.seconds.setSpecialValueText("Not said yet")
        self.kind, self.transition, self.viewpoint = QComboBox(), QComboBox(), QComboBox()
        for box, words in (
            (self.kind, _KINDS),
            (self.transition, _TRANSITIONS),
            (self.viewpoint, {"": "None", **VIEWS}),
        ):
            for key, text in words.items():
                box.addItem(text, key)
        self.legend = QCheckBox("Show the legend")
        self.shows = QLabel()
        self.shows.setWordWrap(True)
        self.shows.setTextFormat(Qt.TextFormat.PlainText)
        self.update_view = QPushButton("Update to this view")
        self.update_view.clicked.connect(self.update_requested)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self._lay_out()
        self._connect()
        self.show_step(None)

    @property
    def step(self) -> StoryStep | None:
        """The step as it is written now."""
        if self._step is None:
            return None
        seconds = self.seconds.value()
        return replace(
            self._step,
            title=" ".join(self.title.text().split()) or self._step.title,
            caption=" ".join(self.caption.toPlainText().split()),
            notes=self.notes.text,
            duration_s=float(seconds) if seconds else self._step.duration_s,
            is_timed=bool(seconds),
            kind=cast(StepKind, self.kind.currentData()),
            transition=cast(Transition, self.transition.currentData()),
            viewpoint=str(self.viewpoint.currentData()),
            legend=self.legend.isChecked(),
            date=self.date.text().strip() if self.date.hasAcceptableInput() else self._step.date,
        )

    def show_step(self, step: StoryStep | None) -> None:
        """Show a step; None for none. What is shown already is left alone, so that nobody's cursor jumps."""
        is_other = step is None or self._step is None or step.id != self._step.id
        if not is_other and step == self.step:
            self._step = step
            return
        self._pause.stop()
        self._step = step
        self._body.setVisible(step is not None)
        self._nothing.setVisible(step is None)
        if step is None:
            return
        blockers = [QSignalBlocker(field) for field in self._fields()]
        self.title.setText(step.title)
        self.caption.setPlainText(step.caption)
        self.notes.set_text(step.notes)
        self.seconds.setValue(round(step.duration_s) if step.is_timed else 0)
        self.kind.setCurrentIndex(self.kind.findData(step.kind))
        self.transition.setCurrentIndex(self.transition.findData(step.transition))
        self.viewpoint.setCurrentIndex(self.viewpoint.findData(step.viewpoint))
        self.legend.setChecked(step.legend)
        self.date.setText(step.date)
        del blockers
        opens = f"Opens the card {step.annotation}. " if step.annotation else ""
        glow = f"{len(step.features)} highlighted. " if step.features else ""
        self.shows.setText(f"{opens}{glow}{len(step.shown) or 'The map’s'} layers shown.")

    def flush(self) -> None:
        """Say at once what was written last."""
        self._pause.stop()
        step = self.step
        if step is not None and step != self._step:
            self._step = step
            self.changed.emit(step)

    def set_palette(self, palette: Palette) -> None:
        """Show the preview of the notes in these colours."""
        self.notes.set_palette(palette)

    def _fields(self) -> tuple[QWidget, ...]:
        boxes = (self.kind, self.transition, self.viewpoint)
        return (self.title, self.caption, self.notes, self.seconds, *boxes, self.legend, self.date)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        rows = {
            "Title": self.title,
            "Caption, for the audience": self.caption,
            "Notes, for you alone": self.notes,
            "Time": self.seconds,
            "Kind": self.kind,
            "Comes by": self.transition,
            "View of what is disputed": self.viewpoint,
            "Date that it speaks of": self.date,
        }
        for name, field in rows.items():
            field.setAccessibleName(name)
            form.addRow(name, field)
        form.addRow(self.legend)
        form.addRow(self.shows)
        form.addRow(self.update_view)
        self._body = QWidget()
        self._body.setLayout(form)
        self._nothing = QLabel(_NOTHING)
        self._nothing.setWordWrap(True)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 12, 12)
        column.addWidget(self._nothing)
        column.addWidget(self._body)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _connect(self) -> None:
        self.date.setValidator(QRegularExpressionValidator(QRegularExpression(r"(\d{4}(-\d\d(-\d\d)?)?)?"), self))
        for signal in (
            self.title.textEdited,
            self.date.textEdited,
            self.caption.textChanged,
            self.notes.changed,
            self.seconds.valueChanged,
            self.kind.activated,
            self.transition.activated,
            self.viewpoint.activated,
            self.legend.toggled,
        ):
            signal.connect(self._soon)

    def _soon(self, _: object = None) -> None:
        self._pause.start()
