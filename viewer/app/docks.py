"""The frame of a panel: docked at a side, or floating."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QMainWindow, QWidget

from viewer.panels.icons import IconButton, Icons


class PanelDock(QDockWidget):
    """A panel with a title that it is dragged by, and buttons to let it float and to close it."""

    def __init__(
        self,
        title: str,
        panel: QWidget,
        *,
        icons: Icons,
        parent: QMainWindow,
        areas: Qt.DockWidgetArea = Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea,
    ) -> None:
        super().__init__(title, parent)
        self.setObjectName(f"{title.lower()}Dock")  # saveState knows docks by their object names
        self.setAllowedAreas(areas)
        self.setTitleBarWidget(self._title_bar(title, icons))
        self.setWidget(panel)

    def _title_bar(self, title: str, icons: Icons) -> QWidget:
        bar = QWidget()
        bar.setObjectName("dockTitle")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        float_button = IconButton(icons, "picture-in-picture-2", text=f"Let {title} float, or dock it", size_px=16)
        float_button.clicked.connect(lambda: self.setFloating(not self.isFloating()))
        close_button = IconButton(icons, "x", text=f"Close {title}", size_px=16)
        close_button.clicked.connect(self.close)
        line = QHBoxLayout(bar)
        line.setContentsMargins(12, 6, 6, 6)  # Qt takes a title bar's height from its size hint alone
        line.setSpacing(0)
        line.addWidget(QLabel(title), 1)
        line.addWidget(float_button)
        line.addWidget(close_button)
        return bar


def share_place(dock: PanelDock, beside: PanelDock | None) -> None:
    """Let a docked panel stand as a tab on another one in its area, in front; a floating one stays where it is."""
    window = dock.parent()
    if beside is None or not isinstance(window, QMainWindow) or dock.isFloating() or beside.isFloating():
        return
    if beside not in window.tabifiedDockWidgets(dock) and window.dockWidgetArea(beside) == window.dockWidgetArea(dock):
        window.tabifyDockWidget(beside, dock)
    dock.raise_()
