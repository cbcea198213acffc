"""The strip of a story's steps under the map."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from viewer.model.story import Story
from viewer.model.talk_clock import clock_text
from viewer.panels.icons import IconButton, Icons

_STEP_PX = (168, 58)
_HEIGHT_PX = 92


class StoryStrip(QWidget):
    """One card for each step, the one that is played marked; back and next beside them.

    Signals
    -------
    step_chosen(int)
        The person wants to see a step, counted from 0.
    """

    step_chosen = Signal(int)

    def __init__(self, story: Story, *, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._index = -1
        self.story = story
        self._cards = [_card(number, step.title, step.duration_s) for number, step in enumerate(story.steps)]
        back = IconButton(icons, "chevron-left", text="Step before")
        back.clicked.connect(lambda: self.step_chosen.emit(max(self._index - 1, 0)))
        following = IconButton(icons, "chevron-right", text="Next step")
        following.clicked.connect(lambda: self.step_chosen.emit(min(self._index + 1, len(self._cards) - 1)))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for number, card in enumerate(self._cards):
            card.clicked.connect(lambda _checked=False, number=number: self.step_chosen.emit(number))
            line.addWidget(card)
        line.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidget(row)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(8, 8, 8, 8)
        whole.setSpacing(8)
        whole.addWidget(back)
        whole.addWidget(self._area, 1)
        whole.addWidget(following)
        self.setFixedHeight(_HEIGHT_PX)

    @property
    def index(self) -> int:
        """The step that is marked; −1 for none."""
        return self._index

    def show_step(self, index: int) -> None:
        """Mark a step and bring it into sight."""
        self._index = index
        for number, card in enumerate(self._cards):
            card.setChecked(number == index)
        if 0 <= index < len(self._cards):
            self._area.ensureWidgetVisible(self._cards[index], _STEP_PX[0], 0)

    def minimumSizeHint(self) -> QSize:
        """Let the window be as narrow as it likes."""
        return QSize(120, _HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the step that is played in sight."""
        super().resizeEvent(event)
        self.show_step(self._index)


def _card(number: int, title: str, duration_s: float) -> QPushButton:
    card = QPushButton()
    card.setObjectName("storyStep")
    card.setCheckable(True)
    card.setFixedSize(*_STEP_PX)
    card.setAccessibleName(f"Step {number + 1}: {title}")
    head = QLabel(f"{number + 1}  ·  {clock_text(duration_s)}")
    head.setObjectName("storyStepHead")
    words = QLabel(title)
    words.setObjectName("storyStepTitle")
    words.setWordWrap(True)
    words.setTextFormat(Qt.TextFormat.PlainText)
    column = QVBoxLayout(card)
    column.setContentsMargins(10, 5, 10, 6)
    column.setSpacing(0)
    for label in (head, words):
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    column.addWidget(head)
    column.addWidget(words, 1)
    return card
