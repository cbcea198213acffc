"""The slim bar over the map: what is shown, and the few things that are always at hand."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from viewer.app.actions import ACTIONS
from viewer.panels.icons import IconButton, Icons

_HEIGHT_PX = 44
_EDGE_PX = 8
_GAP_PX = 4
_LEAST_HEADING_PX = 80
_LEFT = ("layers", "home", "search")
_RIGHT = ("present", "story", "legend", "theme", "cheat_sheet", "article")
_GOES_FIRST = ("cheat_sheet", "theme", "legend", "story", "present", "home", "search", "article", "layers")
_THEMES = ("theme_system", "theme_light", "theme_dark")
_OF_DOCUMENT = ("undo", "redo", "new", "open", "save", "save_as", "history", "versions", "merge")
_PLACES = ("back", "forward", "next_annotation", "previous_annotation")
_IN_MENU = ("figure", "copy_view", "full_screen", "about", "quit")


class TopBar(QWidget):
    """One row of icon buttons, each doing one action of the table, and what is being read in the middle.

    Buttons that there is no room for are in the menu at its end, with a few things that are rarely wanted.
    """

    def __init__(
        self, actions: Mapping[str, QAction], *, icons: Icons, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT_PX)
        self._actions = actions
        self._icons = icons
        self._title = title
        self._themes = self._theme_menu()
        self._buttons = {name: self._button(name) for name in (*_LEFT, *_RIGHT)}
        self._more = IconButton(icons, "ellipsis", text="More")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._more)
        self._more.setMenu(self._menu)
        self._mode = QLabel("Explore")
        self._mode.setObjectName("programTitle")
        self._heading = QLabel()
        self._heading.setObjectName("documentTitle")
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self._fit(self.width())

    def minimumSizeHint(self) -> QSize:
        """Let the window be as narrow as it likes; the menu holds what does not fit."""
        return QSize(self._more.width() + 2 * _EDGE_PX, _HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep at hand what there is room for, and shorten the title."""
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(_EDGE_PX, 0, _EDGE_PX, 0)
        line.setSpacing(_GAP_PX)
        for name in _LEFT:
            line.addWidget(self._buttons[name])
        line.addSpacing(_EDGE_PX)
        line.addWidget(self._mode)
        line.addWidget(self._heading, 1)
        for name in _RIGHT:
            line.addWidget(self._buttons[name])
        line.addWidget(self._more)

    def _fit(self, width: int) -> None:
        room = width - 2 * _EDGE_PX - self._more.width() - 3 * _GAP_PX - _EDGE_PX
        room -= sum(button.width() + _GAP_PX for button in self._buttons.values())
        hidden: list[str] = []
        for name in _GOES_FIRST:
            if room >= 0:
                break
            hidden.append(name)
            room += self._buttons[name].width() + _GAP_PX
        for name, button in self._buttons.items():
            button.setVisible(name not in hidden)
        mode = self._mode.sizeHint().width() + _GAP_PX
        self._mode.setVisible(room >= mode)
        heading_room = max(room - mode - _GAP_PX, 0)
        shown = heading_room if heading_room >= _LEAST_HEADING_PX else 0
        self._heading.setText(self._heading.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, shown))
        self._fill_menu([name for name in (*_LEFT, *_RIGHT) if name in hidden])

    def _fill_menu(self, hidden: list[str]) -> None:
        self._menu.clear()
        for name in hidden:
            if name == "theme":
                self._menu.addMenu(self._themes)
            else:
                self._menu.addAction(self._actions[name])
        if hidden:
            self._menu.addSeparator()
        for names in (_PLACES, _OF_DOCUMENT):
            self._menu.addActions([self._actions[name] for name in names])
            self._menu.addSeparator()
        for name in _IN_MENU:
            self._menu.addAction(self._actions[name])

    def _button(self, name: str) -> IconButton:
        if name == "theme":
            button = IconButton(self._icons, "sun-moon", text="Theme")
            button.setMenu(self._themes)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            return button
        spec = next(spec for spec in ACTIONS if spec.id == name)
        button = IconButton(self._icons, spec.icon, text=spec.text)
        button.setDefaultAction(self._actions[name])
        return button

    def _theme_menu(self) -> QMenu:
        menu = QMenu("Theme", self)
        group = QActionGroup(menu)
        for name in _THEMES:
            menu.addAction(self._actions[name])
            group.addAction(self._actions[name])
        return menu
