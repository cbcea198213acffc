"""The window: the map from edge to edge, layers and article at its sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QStatusBar, QWidget

from geodata.stereographic import inverse
from viewer.app.actions import make_actions
from viewer.app.cheat_sheet import CheatSheet
from viewer.app.docks import PanelDock
from viewer.app.map_frame import MapFrame
from viewer.app.map_menu import PlaceMenuDeeds, place_menu
from viewer.app.theme import Theme
from viewer.app.top_bar import TopBar
from viewer.engine.fonts import FAMILY
from viewer.messages import Grade, Message, Messages
from viewer.model.palette import Palette, ThemeName
from viewer.model.position_text import position_text
from viewer.model.settings import Settings, ThemeChoice
from viewer.model.views import home
from viewer.panels.article import ArticlePanel
from viewer.panels.icons import Icons
from viewer.panels.layers import LayersPanel
from viewer.panels.message_bar import MessageBar
from viewer.panels.status import StatusLine
from viewer.session import Session

_TITLE = "Arctic Map Viewer"
_FIRST_SIZE = (1600, 1000)
_FIRST_SHARE = 0.9  # of the screen, at most
_DOCK_WIDTHS = (288, 400)
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

    def __init__(self, session: Session, *, settings: Settings, resources: Path, messages: Messages) -> None:
        super().__init__()
        self._session = session
        self._settings = settings
        self._messages = messages
        self._snapshot: Callable[[], QImage] = lambda: self.grab().toImage()
        self._cheat_sheet: CheatSheet | None = None
        self._icons = Icons(resources / "icons", session.palette)
        self._theme = _theme(settings, resources, parent=self)
        self._theme.name_changed.connect(self._follow_theme)
        session.set_theme(self._theme.name)
        self._dress(session.palette)
        self._actions = make_actions(self)
        self._build()
        self._connect_actions()
        session.theme_changed.connect(self._dress)
        self._restore()
        for message in messages.take_waiting():
            self._tell(message)
        messages.told.connect(self._tell)

    @property
    def layers_panel(self) -> LayersPanel:
        """The layers."""
        return self._layers

    @property
    def article_panel(self) -> ArticlePanel:
        """The article and the card of what is selected."""
        return self._article

    @property
    def window_actions(self) -> Mapping[str, QAction]:
        """The window's actions by their ids in the table."""
        return self._actions

    @property
    def message_bar(self) -> MessageBar:
        """The bar that messages are shown in."""
        return self._bar

    @property
    def settings(self) -> Settings:
        """What is to be remembered, as it is now."""
        return replace(
            self._settings,
            window_geometry=_base64(self.saveGeometry()),
            window_state=_base64(self.saveState()),
        )

    def set_map(self, widget: QWidget) -> None:
        """Show a widget as the map, in place of the one before, which is deleted.

        Where it has a method ``snapshot() -> QImage``, that is what *copy this view* copies; where it has a signal
        ``context_menu_requested(QPoint, (x, y))``, the menu of the place opens.
        """
        self._frame.set_map(widget)
        self._snapshot = getattr(widget, "snapshot", lambda: widget.grab().toImage())
        requested = getattr(widget, "context_menu_requested", None)
        if requested is not None:
            requested.connect(self._open_place_menu)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window as it is left."""
        self._settings = self.settings
        self.settings_changed.emit(self._settings)
        super().closeEvent(event)

    def _build(self) -> None:
        session, icons = self._session, self._icons
        self._bar = MessageBar(icons=icons)
        self._frame = MapFrame(self._bar)
        self._layers = LayersPanel(session, icons=icons)
        self._layers.zoom_to_layer_requested.connect(self.zoom_to_layer_requested)
        self._article = ArticlePanel(session, icons=icons)
        self._layers_dock = PanelDock("Layers", self._layers, icons=icons, parent=self)
        self._article_dock = PanelDock("Article", self._article, icons=icons, parent=self)
        self._status = StatusLine(session, style=self._settings.position_style)
        self._status.style_changed.connect(lambda style: self._remember(replace(self._settings, position_style=style)))
        title = session.article.title if session.article else ""
        self.setWindowTitle(f"{title} – {_TITLE}" if title else _TITLE)
        self.setMenuWidget(TopBar(self._actions, icons=icons, title=title))
        self.setCentralWidget(self._frame)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self._layers_dock)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self._article_dock)
        self.setStatusBar(self._status_bar())

    def _status_bar(self) -> QStatusBar:
        bar = QStatusBar()
        bar.setSizeGripEnabled(False)
        bar.addPermanentWidget(self._status)
        return bar

    def _connect_actions(self) -> None:
        actions = self._actions
        self.addActions(list(actions.values()))
        _follow_dock(actions["layers"], self._layers_dock)
        _follow_dock(actions["article"], self._article_dock)
        actions["home"].triggered.connect(lambda: self._session.fly_to(home(self._session.viewport)))
        actions["legend"].setChecked(self._session.legend_shown)
        actions["legend"].toggled.connect(self._session.set_legend_shown)
        self._session.legend_changed.connect(actions["legend"].setChecked)
        actions["full_screen"].toggled.connect(self._show_full_screen)
        actions["next_pane"].triggered.connect(self._go_to_next_pane)
        actions["step_back"].triggered.connect(self._step_back)
        actions["copy_view"].triggered.connect(self._copy_view)
        actions["cheat_sheet"].triggered.connect(self._turn_cheat_sheet)
        actions["quit"].triggered.connect(self.close)
        for choice in _THEMES:
            actions[f"theme_{choice}"].setChecked(choice == self._settings.theme)
            actions[f"theme_{choice}"].triggered.connect(partial(self._choose, choice))

    def _restore(self) -> None:
        geometry, state = self._settings.window_geometry, self._settings.window_state
        if not geometry or not self.restoreGeometry(_bytes(geometry)):
            room = self.screen().availableSize() * _FIRST_SHARE
            self.resize(QSize(*_FIRST_SIZE).boundedTo(room))
        if not state or not self.restoreState(_bytes(state)):
            docks = [self._layers_dock, self._article_dock]
            self.resizeDocks(docks, list(_DOCK_WIDTHS), Qt.Orientation.Horizontal)
        self._actions["full_screen"].setChecked(self.isFullScreen())

    def _remember(self, settings: Settings) -> None:
        self._settings = settings
        self.settings_changed.emit(self.settings)

    def _choose(self, choice: ThemeChoice, _checked: bool = True) -> None:
        self._theme.choose(choice)
        self._remember(replace(self._settings, theme=choice))

    def _follow_theme(self, name: ThemeName) -> None:
        self._session.set_theme(name)

    def _dress(self, palette: Palette) -> None:
        self._icons.set_palette(palette)
        self._theme.dress(palette)

    def _tell(self, message: Message) -> None:
        if message.grade is Grade.HINT:
            self.statusBar().showMessage(message.text, _HINT_MS)
        elif message.grade is Grade.NOTICE:
            self._bar.show_message(message)
        else:
            self._stop_and_tell(message)

    def _stop_and_tell(self, message: Message) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, _TITLE, message.text, parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if message.action:
            box.addButton(message.action.text, QMessageBox.ButtonRole.AcceptRole).clicked.connect(message.action.run)
        box.addButton(QMessageBox.StandardButton.Close)
        box.open()

    def _open_place_menu(self, at_px: QPoint, at: tuple[float, float]) -> None:
        position = self._position_text(at)
        menu = place_menu(
            self._session.viewport,
            at=at,
            position=position,
            hit=self._session.hovered,
            deeds=PlaceMenuDeeds(lambda: self._copy_text(position), self._session.fly_to),
            further=tuple(self._actions[name] for name in ("home", "legend", "copy_view")),
            parent=self,
        )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at_px)

    def _position_text(self, at: tuple[float, float]) -> str:
        lon, lat = inverse(*at)
        return position_text(float(lon), float(lat), style=self._settings.position_style)

    def _copy_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._messages.tell(f"Copied: {text}", grade=Grade.HINT)

    def _copy_view(self) -> None:
        QGuiApplication.clipboard().setImage(self._snapshot())
        self._messages.tell("The view is on the clipboard.", grade=Grade.HINT)

    def _turn_cheat_sheet(self) -> None:
        if self._cheat_sheet is None:
            self._cheat_sheet = CheatSheet(self)
            self._cheat_sheet.addAction(self._actions["cheat_sheet"])  # the same key closes it
        self._cheat_sheet.setVisible(not self._cheat_sheet.isVisible())

    def _show_full_screen(self, full: bool) -> None:
        state = self.windowState()
        flag = Qt.WindowState.WindowFullScreen
        self.setWindowState(state | flag if full else state & ~flag)

    def _step_back(self) -> None:
        if self._session.selection is not None or self._session.annotation is not None:
            self._session.select(None)
        elif self._bar.message is not None:
            self._bar.close_message()
        elif self.isFullScreen():
            self._actions["full_screen"].setChecked(False)

    def _go_to_next_pane(self) -> None:
        panes = [pane for pane in (self._frame.map, self._layers, self._article) if pane and pane.isVisible()]
        focused = QApplication.focusWidget()
        here = next(
            (i for i, pane in enumerate(panes) if focused and (pane is focused or pane.isAncestorOf(focused))), -1
        )
        if panes:
            panes[(here + 1) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)


def _theme(settings: Settings, resources: Path, *, parent: QMainWindow) -> Theme:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    try:
        template = (resources / "styles" / "window.qss").read_text(encoding="utf-8")
    except OSError:
        template = ""  # Qt's own look in the palette's colours
    icons = resources / "icons"
    return Theme(app, choice=settings.theme, template=template, icons=icons, font_family=FAMILY, parent=parent)


def _follow_dock(action: QAction, dock: PanelDock) -> None:
    action.toggled.connect(dock.setVisible)
    dock.visibilityChanged.connect(lambda _visible: action.setChecked(not dock.isHidden()))
    action.setChecked(not dock.isHidden())


def _base64(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode("ascii")


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii", errors="ignore"))
