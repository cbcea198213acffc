"""The strip of a story's steps under the map."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from viewer.model.story import Story
from viewer.panels.icons import IconButton, Icons
from viewer.panels.step_card import CARD_PX, StepCard

_HEIGHT_PX = 92
_GAP_PX = 8
_NAME_PX = 150
_EDGE_PX = 40  # dragged so near to an end, the strip scrolls on


class StoryStrip(QWidget):
    """One card for each step, the one that is played marked; beside them the story's name and what can be done to it.

    Signals
    -------
    step_chosen(int)
        The person wants to see a step, counted from 0.
    step_moved(int, int)
        The person dragged a step to another place, counted when it is taken out.
    key_pressed(int, str)
        A key on a step: ``delete``, ``earlier``, ``later`` or ``edit``.
    menu_requested(int, QPoint)
        The person wants the menu of a step.
    add_requested()
        The person wants what the map shows to be a step.
    warned()
        The person wants to know what there is to mend.
    """

    step_chosen = Signal(int)
    step_moved = Signal(int, int)
    key_pressed = Signal(int, str)
    menu_requested = Signal(int, QPoint)
    add_requested = Signal()
    warned = Signal()

    def __init__(self, story: Story, *, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._index = -1
        self.story = story
        self._cards: list[StepCard] = []
        back = IconButton(icons, "chevron-left", text="Step before")
        back.clicked.connect(lambda: self.step_chosen.emit(max(self._index - 1, 0)))
        following = IconButton(icons, "chevron-right", text="Next step")
        following.clicked.connect(lambda: self.step_chosen.emit(min(self._index + 1, len(self._cards) - 1)))
        self._row = QWidget()
        self._line = QHBoxLayout(self._row)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(_GAP_PX)
        self._line.addStretch(1)
        self._drop_mark = QFrame(self._row)
        self._drop_mark.setObjectName("storyDropMark")
        self._drop_mark.hide()
        self._area = QScrollArea()
        self._area.setWidget(self._row)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(_GAP_PX, _GAP_PX, _GAP_PX, _GAP_PX)
        whole.setSpacing(_GAP_PX)
        whole.addLayout(self._first_column(icons))
        whole.addWidget(back)
        whole.addWidget(self._area, 1)
        whole.addWidget(following)
        self.setFixedHeight(_HEIGHT_PX)
        self.show_story(story)

    @property
    def index(self) -> int:
        """The step that is marked; −1 for none."""
        return self._index

    @property
    def cards(self) -> tuple[StepCard, ...]:
        """The cards, in order."""
        return tuple(self._cards)

    def set_menu(self, menu: QMenu) -> None:
        """Let the story's name open this menu."""
        self.name.setMenu(menu)

    def show_story(self, story: Story) -> None:
        """Show another story, or the same with other steps; the mark stays at its place where there is one."""
        focused = next((number for number, card in enumerate(self._cards) if card.hasFocus()), -1)
        self.story = story
        for card in self._cards:
            self._line.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [StepCard(number, step, is_timed=step.is_timed) for number, step in enumerate(story.steps)]
        for number, card in enumerate(self._cards):
            self._connect(number, card)
            self._line.insertWidget(number, card)
        if focused >= 0:
            self._cards[min(focused, len(self._cards) - 1)].setFocus()
        name = self.name.fontMetrics().elidedText(story.title, Qt.TextElideMode.ElideRight, _NAME_PX - 26)
        self.name.setText(f"{name} ▾")
        self.name.setToolTip(f"{story.title}: new, open, save, and what is made of it")
        self.name.setAccessibleName(f"Story: {story.title}")
        self.show_step(min(self._index, len(self._cards) - 1))

    def set_picture(self, number: int, picture: QImage) -> None:
        """Show a step's picture on its card."""
        if 0 <= number < len(self._cards):
            self._cards[number].set_picture(QPixmap.fromImage(picture))

    def show_step(self, index: int) -> None:
        """Mark a step and bring it into sight."""
        self._index = index
        for number, card in enumerate(self._cards):
            card.setChecked(number == index)
        if 0 <= index < len(self._cards):
            card = self._cards[index]
            QTimer.singleShot(0, card, lambda: self._area.ensureWidgetVisible(card, CARD_PX[0], 0))  # once laid out

    def focus_step(self, index: int) -> None:
        """Give the keys to a step's card."""
        if 0 <= index < len(self._cards):
            self._cards[index].setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        """Let the window be as narrow as it likes."""
        return QSize(120, _HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the step that is played in sight."""
        super().resizeEvent(event)
        self.show_step(self._index)

    def show_warning(self, count: int) -> None:
        """Say that there are so many things to mend before the talk; nothing for none."""
        self.warning.setVisible(count > 0)
        self.name.setFixedWidth(_NAME_PX - (self.warning.width() + 4 if count else 0))
        words = f"{count} thing{'s' if count > 1 else ''} to mend before the talk"
        self.warning.setToolTip(words)
        self.warning.setAccessibleName(words)

    def _first_column(self, icons: Icons) -> QVBoxLayout:
        self.name = QToolButton()
        self.name.setObjectName("storyName")
        self.name.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.name.setFixedWidth(_NAME_PX)
        self.add = QPushButton("Add this view")
        self.add.setObjectName("storyAdd")
        self.add.setToolTip("Make a step of what the map shows now, after the one that is marked")
        self.add.setFixedWidth(_NAME_PX)
        self.add.clicked.connect(self.add_requested)
        self.warning = IconButton(icons, "triangle-alert", text="Things to mend before the talk", size_px=16)
        self.warning.clicked.connect(self.warned)
        self.warning.hide()
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.name)
        head.addWidget(self.warning)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.add)
        return column

    def _connect(self, number: int, card: StepCard) -> None:
        card.clicked.connect(lambda: self._choose(number))
        card.dragged.connect(lambda at: self._show_drop(at))
        card.dropped.connect(lambda at: self._drop(number, at))
        card.key_pressed.connect(lambda deed: self.key_pressed.emit(number, deed))
        card.menu_requested.connect(lambda at: self.menu_requested.emit(number, at))

    def _choose(self, number: int) -> None:
        self._cards[number].setChecked(number == self._index)  # a second click does not put the mark out
        self.step_chosen.emit(number)

    def _place_of(self, at: QPoint) -> int:
        """Return between which cards a place of the screen lies, as the number of the one after it."""
        x = self._row.mapFromGlobal(at).x()
        return sum(x > card.geometry().center().x() for card in self._cards)

    def _show_drop(self, at: QPoint) -> None:
        place = self._place_of(at)
        x = place * (CARD_PX[0] + _GAP_PX) - _GAP_PX // 2 - 1
        self._drop_mark.setGeometry(max(x, 0), 0, 3, CARD_PX[1])
        self._drop_mark.show()
        self._drop_mark.raise_()
        inside, bar = self._area.mapFromGlobal(at).x(), self._area.horizontalScrollBar()
        if inside < _EDGE_PX:
            bar.setValue(bar.value() - _EDGE_PX // 2)
        elif inside > self._area.width() - _EDGE_PX:
            bar.setValue(bar.value() + _EDGE_PX // 2)

    def _drop(self, number: int, at: QPoint) -> None:
        self._drop_mark.hide()
        place = self._place_of(at)
        to = place - 1 if place > number else place
        if to != number:
            self.step_moved.emit(number, to)
