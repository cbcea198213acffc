"""Whose view the map shows of what is disputed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from geodata.viewpoints import NEUTRAL, VIEWS, Disputed
from viewer.model.palette import Palette
from viewer.panels.page import Page
from viewer.panels.typesetting import Look, add_heading, add_table, set_markdown

_NOTE = "What follows is the view of **{}**. The map itself takes no side: its disputed lines stay broken."
_LEAST_PX = (240, 160)
_LOOKS = {"settled": "Held to be settled by this side", "disputed": "Disputed"}


class ViewpointsPanel(QWidget):
    """A choice of views, and for each disputed item what that view holds, with its source.

    Signals
    -------
    view_chosen(str)
        The person wants to see another view.
    """

    view_chosen = Signal(str)

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewpointsPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._palette = palette
        self._items: tuple[Disputed, ...] = ()
        self._choice = QComboBox()
        self._choice.setAccessibleName("Whose view")
        for view, name in VIEWS.items():
            self._choice.addItem(name, view)
        self._page = Page("Views of what is disputed", margin_px=16)
        form = QFormLayout()
        form.setContentsMargins(16, 12, 16, 8)
        form.addRow(QLabel("View of"), self._choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(form)
        column.addWidget(self._page, 1)
        self._choice.currentIndexChanged.connect(self._choose)

    @property
    def view(self) -> str:
        """The id of the view that is shown."""
        return str(self._choice.currentData() or NEUTRAL)

    @property
    def text(self) -> str:
        """What is written."""
        return self._page.toPlainText()

    def set_items(self, items: Sequence[Disputed]) -> None:
        """Tell of these items."""
        self._items = tuple(items)
        self._fill()

    def choose(self, view: str) -> None:
        """Show a view by its id."""
        self._choice.setCurrentIndex(self._choice.findData(view))

    def set_palette(self, palette: Palette) -> None:
        """Write in other colours."""
        self._palette = palette
        self._fill()

    def minimumSizeHint(self) -> QSize:
        """Let the window be made smaller than the words."""
        return QSize(*_LEAST_PX)

    def _choose(self, _index: int) -> None:
        self._fill()
        self.view_chosen.emit(self.view)

    def _fill(self) -> None:
        look = Look(self._palette, text_px=14, leading_pct=130, paragraph_px=8)
        document = set_markdown(_NOTE.format(VIEWS[self.view]), look)
        for item in self._items:
            add_heading(document, item.name, look)
            add_table(document, rows_of(item, self.view), look)
        self._page.show_document(document)


def rows_of(item: Disputed, view: str) -> tuple[tuple[str, str], ...]:
    """Return what a view holds of an item, as labels and values; where it holds nothing of its own, the neutral one."""
    position = item.positions.get(view)
    whose = VIEWS[view]
    if position is None:
        position, whose = item.positions[NEUTRAL], f"{VIEWS[NEUTRAL]}; {VIEWS[view]} has no view of its own here"
    return (
        ("View of", whose),
        ("Holds", position.words),
        ("Status", _LOOKS[position.look]),
        ("Source", position.source),
    )
