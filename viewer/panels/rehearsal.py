"""Rehearsing a talk: the notes of the step, its clock, when all will be over, and earlier runs beside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from viewer.model.palette import Palette
from viewer.model.rehearsal import StepTimes
from viewer.model.talk_clock import clock_text
from viewer.panels.page import Page
from viewer.panels.typesetting import Look, set_markdown

_COLUMNS = ("Step", "Planned", "Last", "Usual", "Now")
_NOTES_PX = 15
_NOTES_SHARE, _TABLE_SHARE = 2, 3
_HOW_TO = "Start, and speak as you will on stage. Space goes on. What each step took is kept for the next time."


class RehearsalPanel(QWidget):
    """Shows a run; it knows no clock and no story.

    Signals
    -------
    start_requested(), finish_requested()
        The person begins, or is done.
    came_up()
        The panel can be seen.
    """

    came_up = Signal()
    start_requested = Signal()
    finish_requested = Signal()

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rehearsalPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._palette = palette
        self._is_running = False
        self.clock, self.ending = QLabel(), QLabel(_HOW_TO)
        self.clock.setObjectName("cardTitle")
        self.clock.setAccessibleName("Time of the talk and of the step")
        self.ending.setWordWrap(True)
        self.runs = QLabel()
        self.runs.setObjectName("cardShare")
        self.runs.setWordWrap(True)
        self.turn = QPushButton("Start")
        self.turn.clicked.connect(self._turn)
        self.notes = Page("Notes of the step", margin_px=4, head_px=4)
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setAccessibleName("Times of the steps")
        self.table.setHorizontalHeaderLabels(list(_COLUMNS))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head = QHBoxLayout()
        head.addWidget(self.clock, 1)
        head.addWidget(self.turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 8)
        column.addLayout(head)
        column.addWidget(self.ending)
        column.addWidget(self.notes, _NOTES_SHARE)
        column.addWidget(self.table, _TABLE_SHARE)
        column.addWidget(self.runs)
        self.show_clock(0.0, 0.0)

    def set_running(self, running: bool) -> None:
        """Say whether a run is going on."""
        self._is_running = running
        self.turn.setText("Finish" if running else "Start")
        if not running:
            self.ending.setText(_HOW_TO)

    def show_clock(self, elapsed_s: float, in_step_s: float) -> None:
        """Show how long the talk and the step have been going on."""
        self.clock.setText(f"{clock_text(elapsed_s)}   step {clock_text(in_step_s)}")

    def show_ending(self, projected_s: float, planned_s: float, at: str) -> None:
        """Show when it will be over, and how that stands to the plan."""
        over = projected_s - planned_s
        words = "as planned" if abs(over) < 1 else f"{clock_text(abs(over))} {'over' if over > 0 else 'under'} the plan"
        self.ending.setText(f"Will take {clock_text(projected_s)}, until {at}: {words}.")

    def show_notes(self, notes: str) -> None:
        """Show what is to be said."""
        look = Look(self._palette, text_px=_NOTES_PX, leading_pct=130, paragraph_px=8)
        self.notes.show_document(set_markdown(notes or "*No notes.*", look))

    def show_times(self, times: Sequence[StepTimes], *, at: int) -> None:
        """Show the steps' times, the one that is on in bold."""
        self.table.setRowCount(len(times))
        for row, entry in enumerate(times):
            seconds = (entry.planned_s, entry.last_s, entry.usual_s, entry.now_s)
            texts = (f"{row + 1}  {entry.title}", *("–" if one is None else clock_text(one) for one in seconds))
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                font = item.font()
                font.setBold(row == at)
                item.setFont(font)
                item.setToolTip(text)
                self.table.setItem(row, column, item)
        current = self.table.item(at, 0) if at >= 0 else None
        if current is not None:
            self.table.scrollToItem(current)

    def show_runs(self, text: str) -> None:
        """Say which runs there were."""
        self.runs.setText(text)

    def set_palette(self, palette: Palette) -> None:
        """Set the notes in these colours from the next step on."""
        self._palette = palette

    def showEvent(self, event: QShowEvent) -> None:
        """Say that it can be seen."""
        super().showEvent(event)
        self.came_up.emit()

    def _turn(self) -> None:
        (self.finish_requested if self._is_running else self.start_requested).emit()
