"""What the window is fitted out with: bar, panels and status. Imported when the window is already on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QStatusBar, QWidget

from viewer.app.docks import PanelDock
from viewer.app.map_frame import MapFrame
from viewer.app.top_bar import TopBar
from viewer.model.settings import Settings
from viewer.model.story import Story
from viewer.panels.article import ArticlePanel
from viewer.panels.icons import Icons
from viewer.panels.layers import LayersPanel
from viewer.panels.message_bar import MessageBar
from viewer.panels.status import StatusLine
from viewer.panels.story import StoryStrip
from viewer.session import Session


@dataclass(frozen=True, slots=True)
class Fittings:
    """The parts of a window that is ready for use."""

    icons: Icons
    bar: MessageBar
    frame: MapFrame
    layers: LayersPanel
    article: ArticlePanel
    layers_dock: PanelDock
    article_dock: PanelDock
    status: StatusLine
    story: StoryStrip | None = None
    story_dock: PanelDock | None = None


def fit_out(
    window: QMainWindow,
    session: Session,
    *,
    settings: Settings,
    icons: Path,
    actions: Mapping[str, QAction],
    title: str,
    story: Story | None,
) -> Fittings:
    """Put bar, map frame, panels and status line into a window.

    Parameters
    ----------
    window, session, settings
        The window, what it shows, and what the person chose.
    icons
        The folder of icons.
    actions
        By their ids in the table.
    title
        What the top bar says in its middle.
    story
        What can be played; None leaves the strip out.
    """
    pictures = Icons(icons, session.palette)
    bar = MessageBar(icons=pictures)
    frame = MapFrame(bar)
    layers = LayersPanel(session, icons=pictures)
    article = ArticlePanel(session, icons=pictures)
    layers_dock = PanelDock("Layers", layers, icons=pictures, parent=window)
    article_dock = PanelDock("Article", article, icons=pictures, parent=window)
    session.selection_changed.connect(lambda hit: _to_front(article_dock) if hit else None)
    session.annotation_changed.connect(lambda annotation: _to_front(article_dock) if annotation else None)
    status = StatusLine(session, style=settings.position_style)
    window.setMenuWidget(TopBar(actions, icons=pictures, title=title))
    window.setCentralWidget(frame)
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, layers_dock)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, article_dock)
    window.setStatusBar(_status_bar(status))
    if story is None:
        return Fittings(pictures, bar, frame, layers, article, layers_dock, article_dock, status)
    strip = StoryStrip(story, icons=pictures)
    below = Qt.DockWidgetArea.BottomDockWidgetArea
    story_dock = PanelDock("Story", strip, icons=pictures, parent=window, areas=below)
    window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
    window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
    story_dock.setTitleBarWidget(QWidget())  # a strip needs no title: its button and its key close it
    window.addDockWidget(below, story_dock)
    return Fittings(pictures, bar, frame, layers, article, layers_dock, article_dock, status, strip, story_dock)


def _to_front(dock: PanelDock) -> None:
    """Let what was just opened be read, where another panel stands before it in the same place."""
    if not dock.isHidden() and not dock.isFloating():
        dock.raise_()


def _status_bar(status: StatusLine) -> QStatusBar:
    bar = QStatusBar()
    bar.setSizeGripEnabled(False)
    bar.addPermanentWidget(status)
    return bar
