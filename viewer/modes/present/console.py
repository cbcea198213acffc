"""The window that only the speaker sees: notes, clock, steps, and a live map."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTime, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QVBoxLayout, QWidget

from viewer.engine_client import EngineClient
from viewer.map.canvas import Canvas
from viewer.map.overlays.overlay import Overlay
from viewer.model.story import Story
from viewer.model.talk_clock import clock_text
from viewer.modes.present.link import frame_of
from viewer.panels.page import Page
from viewer.panels.typesetting import Look, set_markdown
from viewer.session import Session

_SHADE = 70
_NOTES_PX, _LEAST_NOTES_PX, _MOST_NOTES_PX = 20, 14, 40
_KEYS = (
    "→ next   ← back   number + Enter: step   B black   W white   F freeze   P push   R return   "
    "L laser   O spotlight   D draw   C clear   S swap screens   T stop the clock   Esc end"
)


class ConsoleWindow(QWidget):
    """Shows the talk to the speaker; it is told what to show.

    Signals
    -------
    step_chosen(int)
        The speaker chose a step from the list.
    closed()
        The window system closed it.
    """

    step_chosen = Signal(int)
    closed = Signal()

    def __init__(self, session: Session, engine: EngineClient, story: Story, *, audience: Session) -> None:
        super().__init__()
        self.setObjectName("console")
        self.setWindowTitle("Arctic Map Viewer – speaker")
        self._session = session
        self._audience = audience
        self._story = story
        self._notes_px = _NOTES_PX
        self._index = -1
        self.canvas = Canvas(session, engine, self, name="console")
        self.canvas.addItem(Overlay(self._paint_frame, z=40.0))
        self._state = QLabel()
        self._state.setObjectName("stageState")
        self._state.setAccessibleName("What the audience sees")
        self._time, self._elapsed, self._pace, self._in_step = (QLabel() for _ in range(4))
        self._steps = QListWidget()
        self._steps.setAccessibleName("Steps")
        self._steps.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._steps.addItems([f"{number}  {step.title}" for number, step in enumerate(story.steps, start=1)])
        self._steps.setUniformItemSizes(True)
        self._steps.itemClicked.connect(lambda item: self.step_chosen.emit(self._steps.row(item)))
        self._notes = Page("Notes", margin_px=16, head_px=12)
        self._notes.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._title, self._next = QLabel(), QLabel()
        self._lay_out()
        self._second = QTimer(self)
        self._second.setInterval(500)
        self._second.timeout.connect(self._show_time)
        self._second.start()
        self._show_time()

    @property
    def state(self) -> str:
        """What is said of the audience's picture."""
        return self._state.text()

    @property
    def notes(self) -> str:
        """The notes as they are shown."""
        return self._notes.toPlainText()

    @property
    def title(self) -> str:
        """The step that is shown."""
        return self._title.text()

    def show_step(self, index: int) -> None:
        """Show a step's notes and what comes after it."""
        self._index = index
        step = self._story.steps[index]
        self._title.setText(f"{index + 1} of {len(self._story.steps)}   {step.title}")
        after = self._story.steps[index + 1].title if index + 1 < len(self._story.steps) else "the end"
        self._next.setText(f"Next: {after}")
        self._steps.setCurrentRow(index)
        self._show_notes()

    def show_state(self, text: str, *, tone: str) -> None:
        """Say what the audience sees; the tone is ``live``, ``held`` or ``dark``."""
        self._state.setText(text)
        self._state.setProperty("tone", tone)
        self._state.style().polish(self._state)

    def show_clock(self, *, elapsed_s: float, in_step_s: float, step_s: float, behind_s: float, stopped: bool) -> None:
        """Show how the talk is doing."""
        self._elapsed.setText(clock_text(elapsed_s) + (" (stopped)" if stopped else ""))
        self._in_step.setText(f"{clock_text(in_step_s)} of {clock_text(step_s)}")
        late = abs(behind_s) >= 5
        words = f"{clock_text(abs(behind_s))} {'behind' if behind_s > 0 else 'ahead'}" if late else "on time"
        self._pace.setText(words)

    def grow_notes(self, by_px: int) -> None:
        """Make the notes larger or smaller."""
        self._notes_px = min(max(self._notes_px + by_px, _LEAST_NOTES_PX), _MOST_NOTES_PX)
        self._show_notes()

    def shutdown(self) -> None:
        """Let go of the map."""
        self._second.stop()
        self.canvas.shutdown()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the window is gone."""
        super().closeEvent(event)
        self.closed.emit()

    def _paint_frame(self, painter: QPainter) -> None:
        """Shade what the audience's screen is too narrow or too low for."""
        own = self._session.viewport
        frame = QRectF(*frame_of(self._audience.viewport, own))
        shade = QPainterPath()
        shade.addRect(QRectF(0, 0, own.width_px, own.height_px))
        shade.addRect(frame)
        painter.fillPath(shade, QColor(0, 0, 0, _SHADE))
        painter.setPen(QPen(QColor(self._session.palette.css("ui_accent")), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame.adjusted(1, 1, -1, -1))

    def _show_notes(self) -> None:
        if self._index < 0:
            return
        notes = self._story.steps[self._index].notes or "There are no notes for this step."
        look = Look(self._session.palette, text_px=self._notes_px, leading_pct=135, paragraph_px=10)
        self._notes.show_document(set_markdown(notes, look))

    def _show_time(self) -> None:
        self._time.setText(QTime.currentTime().toString("HH:mm"))

    def _lay_out(self) -> None:
        for name, label in (("stageTitle", self._title), ("stageNext", self._next)):
            label.setObjectName(name)
            label.setWordWrap(True)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._state)
        left.addWidget(self.canvas, 1)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addLayout(self._clocks())
        right.addWidget(self._title)
        right.addWidget(self._notes, 3)
        right.addWidget(self._next)
        right.addWidget(self._steps, 2)
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addLayout(left, 11)
        sides.addLayout(right, 9)
        keys = QLabel(_KEYS)
        keys.setObjectName("stageKeys")
        keys.setWordWrap(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 12)
        whole.setSpacing(12)
        whole.addLayout(sides, 1)
        whole.addWidget(keys)

    def _clocks(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        for caption, value in (
            ("Time", self._time),
            ("Talk", self._elapsed),
            ("This step", self._in_step),
            ("Plan", self._pace),
        ):
            box = QFrame()
            box.setObjectName("stageClock")
            column = QVBoxLayout(box)
            column.setContentsMargins(12, 8, 12, 8)
            column.setSpacing(0)
            head = QLabel(caption)
            head.setObjectName("stageClockHead")
            value.setObjectName("stageClockValue")
            value.setAccessibleName(caption)
            column.addWidget(head)
            column.addWidget(value)
            line.addWidget(box, 1)
        return line
