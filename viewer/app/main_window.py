"""The window: the map from edge to edge, layers and article at its sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QImage, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from viewer.app.actions import make_actions
from viewer.app.blocks import DOCK_WIDTHS, paint_blocks
from viewer.app.theme import make_theme, theme_name
from viewer.messages import Grade, Message, Messages
from viewer.model.palette import Palette, ThemeName
from viewer.model.settings import Settings, ThemeChoice

# What else the window needs is imported where it is needed: the window is on the screen before any of it is loaded.
if TYPE_CHECKING:
    from viewer.app.about import About
    from viewer.app.cheat_sheet import CheatSheet
    from viewer.app.docks import PanelDock
    from viewer.app.fittings import Fittings
    from viewer.app.keepsake import Keepsake
    from viewer.app.map_menu import PlaceMenu
    from viewer.app.panel_room import PanelRoom
    from viewer.model.story import Story
    from viewer.panels.article import ArticlePanel
    from viewer.panels.icons import Icons
    from viewer.panels.layers import LayersPanel
    from viewer.panels.message_bar import MessageBar
    from viewer.panels.story import StoryStrip
    from viewer.session import Session

_TITLE = "Arctic Map Viewer"
_FIRST_SIZE = (1600, 1000)
_LEAST_SIZE = (200, 150)
_FIRST_SHARE = 0.9  # of the screen, at most
_HINT_MS = 4_000
_THEMES: tuple[ThemeChoice, ...] = ("system", "light", "dark")


class MainWindow(QMainWindow):
    """The one window of exploring.

    Signals
    -------
    settings_changed(Settings)
        Something to be remembered changed, or the window closes.
    zoom_to_layer_requested(str)
        The person wants to see the whole layer of this id.
    """

    settings_changed = Signal(object)
    zoom_to_layer_requested = Signal(str)

    def __init__(
        self, settings: Settings, palettes: Mapping[ThemeName, Palette], *, theme: ThemeName | None = None
    ) -> None:
        super().__init__()
        self._settings = settings
        self._first_theme: ThemeChoice = theme or settings.theme
        self._fittings: Fittings | None = None
        self._cheat_sheet: CheatSheet | None = None
        self._about: About | None = None
        self._room: PanelRoom | None = None
        self._is_painted = False
        self._keepsake: Keepsake | None = None
        self._blocks = palettes[self.first_theme]
        self.setWindowTitle(_TITLE)
        self.setMinimumSize(*_LEAST_SIZE)  # panels that have no room step aside
        geometry = settings.window_geometry
        if not geometry or not self.restoreGeometry(_bytes(geometry)):
            room = self.screen().availableSize() * _FIRST_SHARE
            self.resize(QSize(*_FIRST_SIZE).boundedTo(room))

    def furnish(self, session: Session, *, resources: Path, messages: Messages, story: Story | None = None) -> None:
        """Fit the window out for a session; until then it shows blocks of colour where everything will be."""
        from viewer.app.fittings import fit_out
        from viewer.app.map_menu import PlaceMenu

        self._session = session
        self._messages = messages
        self._snapshot: Callable[[], QImage] = lambda: self.grab().toImage()
        self._step_back_on_map: Callable[[], bool] = lambda: False
        self._theme = make_theme(self._first_theme, resources, messages, parent=self)
        self._theme.name_changed.connect(session.set_theme)
        session.set_theme(self._theme.name)
        self._theme.dress(session.palette)
        self._actions = make_actions(self)
        title = session.article.title if session.article else ""
        self.setWindowTitle(f"{title} – {_TITLE}" if title else _TITLE)
        self._fittings = fit_out(
            self,
            session,
            settings=self._settings,
            icons=resources / "icons",
            actions=self._actions,
            title=title,
            story=story,
        )
        self._place_menu = PlaceMenu(
            session,
            messages,
            further=tuple(self._actions[name] for name in ("home", "legend", "copy_view")),
            position_style=lambda: self._settings.position_style,
            parent=self,
        )
        self._connect_fittings(self._fittings)
        self._connect_actions(self._fittings)
        session.theme_changed.connect(self._dress)
        self._restore_panels(self._fittings)
        for message in messages.take_waiting():
            self._tell(message)
        messages.told.connect(self._tell)

    def show_keepsake(self, keepsake: Keepsake) -> None:
        """Show the map of the last time at once, where the window is as large as it was then."""
        if keepsake.window == self.size():
            self._keepsake = keepsake
            self.repaint()

    @property
    def keepsake(self) -> Keepsake | None:
        """The map of the last time that was shown before the window was furnished."""
        return self._keepsake

    @property
    def is_painted(self) -> bool:
        """Whether the window has been on the screen."""
        return self._is_painted

    @property
    def _parts(self) -> Fittings:
        assert self._fittings is not None, "the window is not furnished yet"
        return self._fittings

    @property
    def first_theme(self) -> ThemeName:
        """The colours that the window opens in."""
        return theme_name(self._first_theme, QGuiApplication.styleHints().colorScheme())

    @property
    def layers_panel(self) -> LayersPanel:
        """The layers."""
        return self._parts.layers

    @property
    def article_panel(self) -> ArticlePanel:
        """The article and the card of what is selected."""
        return self._parts.article

    @property
    def story_strip(self) -> StoryStrip | None:
        """The steps of the story; None where there is none to be played."""
        return self._parts.story

    @property
    def window_actions(self) -> Mapping[str, QAction]:
        """The window's actions by their ids in the table."""
        return self._actions

    @property
    def icons(self) -> Icons:
        """The window's icons, in the theme's colours."""
        return self._parts.icons

    @property
    def place_menu(self) -> PlaceMenu:
        """The menu of a place on the map, which others may add entries to."""
        return self._place_menu

    @property
    def message_bar(self) -> MessageBar:
        """The bar that messages are shown in."""
        return self._parts.bar

    @property
    def map_corner(self) -> QPoint:
        """Where the map's corner is in the window, in logical pixels."""
        return self._parts.frame.mapTo(self, QPoint(0, 0))

    @property
    def first_settings(self) -> Settings:
        """What was remembered from the last time."""
        return self._settings

    @property
    def settings(self) -> Settings:
        """What is to be remembered, as it is now."""
        frame = self._parts.frame
        return replace(
            self._settings,
            window_geometry=_base64(self.saveGeometry()),
            window_state=_base64(self.saveState()),
            panels_waiting=self._room.waiting if self._room else self._settings.panels_waiting,
            around_map=f"{self.width() - frame.width()}x{self.height() - frame.height()}",
        )

    def set_map(self, widget: QWidget) -> None:
        """Show a widget as the map, in place of the one before, which is deleted.

        Where it has a method ``snapshot() -> QImage``, that is what *copy this view* copies; where it has a method
        ``step_back() -> bool``, Esc asks it first; where it has a signal ``context_menu_requested(QPoint, (x, y))``,
        the menu of the place opens; where it has a method ``set_hud_shown(bool)``, it shows its live numbers.
        """
        self._parts.frame.set_map(widget)
        self._snapshot = getattr(widget, "snapshot", lambda: widget.grab().toImage())
        self._step_back_on_map = getattr(widget, "step_back", lambda: False)
        requested = getattr(widget, "context_menu_requested", None)
        if requested is not None:
            requested.connect(self._place_menu.open)
        show_hud = getattr(widget, "set_hud_shown", None)
        if show_hud is not None:
            show_hud(self._actions["hud"].isChecked())
            self._actions["hud"].toggled.connect(show_hud)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_dock(self, dock: PanelDock, area: Qt.DockWidgetArea, *, action: str) -> None:
        """Add a panel that the action of this id shows and hides; it is where it was the last time, at first hidden."""
        if not self.restoreDockWidget(dock):
            self.addDockWidget(area, dock)
            if area == Qt.DockWidgetArea.RightDockWidgetArea:
                self.tabifyDockWidget(self._parts.article_dock, dock)
            dock.hide()
        _follow_dock(self._actions[action], dock)
        self._actions[action].toggled.connect(lambda shown: dock.raise_() if shown else None)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window as it is left."""
        if self._fittings is not None:
            self._settings = self.settings
            self.settings_changed.emit(self._settings)
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let panels step aside that there is no room for, and come back when there is."""
        super().resizeEvent(event)
        if self._room is not None:
            self._room.fit(event.size())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint blocks of colour where bar, panels and map will be, until they are there."""
        super().paintEvent(event)
        self._is_painted = True
        if self._fittings is None:
            paint_blocks(self, self._blocks, self._keepsake)

    def _connect_fittings(self, parts: Fittings) -> None:
        parts.layers.zoom_to_layer_requested.connect(self.zoom_to_layer_requested)
        parts.layers.open_requested.connect(self._actions["open"].trigger)
        parts.article.map_wanted.connect(self.give_map_focus)
        parts.status.style_changed.connect(lambda style: self._remember(replace(self._settings, position_style=style)))

    def _connect_actions(self, parts: Fittings) -> None:
        from viewer.model.views import home

        actions = self._actions
        self.addActions(list(actions.values()))
        _follow_dock(actions["layers"], parts.layers_dock)
        _follow_dock(actions["article"], parts.article_dock)
        for name in ("story", "story_next", "story_back", "present", "present_from_here"):
            actions[name].setEnabled(parts.story is not None)
        if parts.story_dock is not None:
            _follow_dock(actions["story"], parts.story_dock)
        actions["home"].triggered.connect(lambda: self._session.fly_to(home(self._session.viewport)))
        actions["legend"].setChecked(self._session.legend_shown)
        actions["legend"].toggled.connect(self._session.set_legend_shown)
        self._session.legend_changed.connect(actions["legend"].setChecked)
        actions["full_screen"].toggled.connect(self._show_full_screen)
        actions["next_pane"].triggered.connect(lambda: self._go_to_pane(1))
        actions["previous_pane"].triggered.connect(lambda: self._go_to_pane(-1))
        actions["step_back"].triggered.connect(self._step_back)
        actions["copy_view"].triggered.connect(self._copy_view)
        actions["cheat_sheet"].triggered.connect(self._turn_cheat_sheet)
        actions["about"].triggered.connect(self._show_about)
        actions["quit"].triggered.connect(self.close)
        for choice in _THEMES:
            actions[f"theme_{choice}"].setChecked(choice == self._first_theme)
            actions[f"theme_{choice}"].triggered.connect(partial(self._choose, choice))

    def _restore_panels(self, parts: Fittings) -> None:
        state = self._settings.window_state
        if state and self.restoreState(_bytes(state)):
            # Once more when all is laid out: widths are only kept by a window that has its size.
            QTimer.singleShot(0, self, lambda: self._restore_state(state))
        else:
            QTimer.singleShot(0, self, lambda: self._set_first_widths(parts))  # as for a state
        self._actions["full_screen"].setChecked(self.isFullScreen())
        self._room = self._new_room(parts)
        self._room.fit(self.size())

    def _restore_state(self, state: str) -> None:
        assert self._room is not None, "the room is made in the same tick"
        with self._room.holding():
            self.restoreState(_bytes(state))
        self._room.set_waiting(self._settings.panels_waiting)
        self._room.fit(self.size(), anew=True)

    def _set_first_widths(self, parts: Fittings) -> None:
        docks = [parts.layers_dock, parts.article_dock]
        self.resizeDocks(docks, list(DOCK_WIDTHS), Qt.Orientation.Horizontal)

    def _new_room(self, parts: Fittings) -> PanelRoom:
        from viewer.app.panel_room import PanelRoom

        actions = self._actions
        sides = ((actions["layers"], parts.layers_dock), (actions["article"], parts.article_dock))
        strip = (actions["story"], parts.story_dock) if parts.story_dock is not None else None
        return PanelRoom(parts.frame, self.statusBar(), sides=sides, strip=strip, waiting=self._settings.panels_waiting)

    def _remember(self, settings: Settings) -> None:
        self._settings = settings
        self.settings_changed.emit(self.settings)

    def _choose(self, choice: ThemeChoice, _checked: bool = True) -> None:
        self._theme.choose(choice)
        self._remember(replace(self._settings, theme=choice))

    def _dress(self, palette: Palette) -> None:
        self._parts.icons.set_palette(palette)
        self._theme.dress(palette)

    def _tell(self, message: Message) -> None:
        if message.grade is Grade.HINT:
            self.statusBar().showMessage(message.text, _HINT_MS)
        elif message.grade is Grade.NOTICE:
            self._parts.bar.show_message(message)
        else:
            from viewer.app.stop_box import open_stop_box

            open_stop_box(message, title=_TITLE, parent=self)

    def _copy_view(self) -> None:
        QGuiApplication.clipboard().setImage(self._snapshot())
        self._messages.tell("The view is on the clipboard.", grade=Grade.HINT)

    def _turn_cheat_sheet(self) -> None:
        from viewer.app.cheat_sheet import CheatSheet

        if self._cheat_sheet is None:
            self._cheat_sheet = CheatSheet(self)
            self._cheat_sheet.addAction(self._actions["cheat_sheet"])  # the same key closes it
        self._cheat_sheet.setVisible(not self._cheat_sheet.isVisible())

    def _show_about(self) -> None:
        from viewer.app.about import About

        if self._about is None:
            self._about = About(self._session.catalogue, self)
        self._about.show()
        self._about.activateWindow()

    def _show_full_screen(self, full: bool) -> None:
        state = self.windowState()
        flag = Qt.WindowState.WindowFullScreen
        self.setWindowState(state | flag if full else state & ~flag)

    def _step_back(self) -> None:
        if self._step_back_on_map():
            return
        if self._session.selection is not None or self._session.annotation is not None:
            self._session.select(None)
        elif self._parts.bar.message is not None:
            self._parts.bar.close_message()
        elif self.isFullScreen():
            self._actions["full_screen"].setChecked(False)

    def give_map_focus(self) -> None:
        """Let the map have the keys."""
        widget = self._parts.frame.map
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_pane(self, by: int) -> None:
        from viewer.app.panes import go_to_pane

        go_to_pane((self._parts.frame.map, self._parts.layers, self._parts.article), by)


def _follow_dock(action: QAction, dock: PanelDock) -> None:
    action.toggled.connect(dock.setVisible)
    dock.visibilityChanged.connect(lambda _visible: action.setChecked(not dock.isHidden()))
    action.setChecked(not dock.isHidden())


def _base64(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode("ascii")


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii", errors="ignore"))
