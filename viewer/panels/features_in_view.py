"""The features in view as a list: the sure way to everything on the map by keyboard or screen reader."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from geodata.hit import Hit
from viewer.panels.icons import IconButton, Icons

_TITLE = "Features in view"
_HEIGHT_PX = 220


class FeaturesInViewList(QWidget):
    """A heading that opens and closes a list of features.

    Signals
    -------
    chosen(Hit)
        The person activated a feature.
    opened(bool)
        The list was opened or closed.
    """

    chosen = Signal(object)
    opened = Signal(bool)

    def __init__(self, *, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("featuresInView")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._hits: tuple[Hit, ...] = ()
        self._head = QPushButton(_TITLE)
        self._head.setObjectName("sectionHead")
        self._head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._expand = IconButton(icons, "chevron-right", text=_TITLE, size_px=16)
        self._expand.clicked.connect(lambda: self.set_opened(not self.is_open))
        self._head.clicked.connect(self._expand.click)
        self._list = QListWidget()
        self._list.setAccessibleName(_TITLE)
        self._list.setFixedHeight(_HEIGHT_PX)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.itemActivated.connect(self._choose)
        self._list.itemClicked.connect(self._choose)
        self._list.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 6, 6)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self._head, 1)
        line.addWidget(self._expand)
        column.addLayout(line)
        column.addWidget(self._list)
        self._show_title()

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return not self._list.isHidden()

    def set_opened(self, opened: bool) -> None:
        """Show or hide the list."""
        self._list.setVisible(opened)
        self._show_title()
        self.opened.emit(opened)

    def set_features(self, hits: Sequence[Hit]) -> None:
        """List these features, keeping the current one current where it is still there."""
        current = self._list.currentItem()
        kept = current.data(Qt.ItemDataRole.UserRole) if current else ""
        self._hits = tuple(hits)
        self._list.clear()
        for hit in self._hits:
            item = QListWidgetItem(described(hit))
            item.setData(Qt.ItemDataRole.UserRole, hit.reference)
            self._list.addItem(item)
            if hit.reference == kept:
                self._list.setCurrentItem(item)
        self._show_title()

    def _show_title(self) -> None:
        count = f" ({len(self._hits)})" if self.is_open else ""
        self._head.setText(f"{_TITLE}{count}")
        self._expand.set_icon_name("chevron-down" if self.is_open else "chevron-right")
        self._expand.set_text(f"{'Hide' if self.is_open else 'Show'} the features in view")

    def _choose(self, item: QListWidgetItem) -> None:
        hit = self._hits[self._list.row(item)]
        self.chosen.emit(hit)


def described(hit: Hit) -> str:
    """Return a feature as one line: its name and what it is."""
    kind = str(hit.attributes.get("kind") or "").replace("_", " ")
    return f"{hit.name}, {kind}" if kind and kind.lower() not in hit.name.lower() else hit.name
