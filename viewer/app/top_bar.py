"""The slim bar over the map: what is shown, and the few things that are always at hand."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from viewer.app.actions import ACTIONS
from viewer.panels.icons import IconButton, Icons

_HEIGHT_PX = 44
_LEFT = ("layers", "home")
_RIGHT = ("present", "story", "legend", "theme", "cheat_sheet", "article")
_THEMES = ("theme_system", "theme_light", "theme_dark")


class TopBar(QWidget):
    """One row of icon buttons, each doing one action of the table, and what is being read in the middle."""

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
        mode = QLabel("Explore")
        mode.setObjectName("programTitle")
        self._heading = QLabel(title)
        self._heading.setObjectName("documentTitle")
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._heading.setMinimumWidth(0)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 0, 8, 0)
        line.setSpacing(4)
        for name in _LEFT:
            line.addWidget(self._button(name))
        line.addSpacing(8)
        line.addWidget(mode)
        line.addWidget(self._heading, 1)
        for name in _RIGHT:
            line.addWidget(self._theme_button() if name == "theme" else self._button(name))

    def resizeEvent(self, event: QEvent) -> None:
        """Shorten the title to the room it has."""
        super().resizeEvent(event)  # pyright: ignore[reportArgumentType]
        room = max(self.width() - 420, 0)
        self._heading.setText(self._heading.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, room))

    def _button(self, name: str) -> IconButton:
        spec = next(spec for spec in ACTIONS if spec.id == name)
        button = IconButton(self._icons, spec.icon, text=spec.text)
        button.setDefaultAction(self._actions[name])
        return button

    def _theme_button(self) -> IconButton:
        button = IconButton(self._icons, "sun-moon", text="Theme")
        menu = QMenu(button)
        group = QActionGroup(menu)
        for name in _THEMES:
            menu.addAction(self._actions[name])
            group.addAction(self._actions[name])
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button
