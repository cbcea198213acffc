"""The window's look: the palette as Qt's colours and as a style sheet, following the system unless a person chose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, Signal, qInstallMessageHandler
from PySide6.QtGui import QColor, QFont, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication, QWidget

from geodata.errors import RESTORE, GeodataError, why_unreadable
from viewer.engine.fonts import FAMILY
from viewer.messages import Messages
from viewer.model.palette import Palette, ThemeName
from viewer.model.settings import ThemeChoice

TEXT_PX = 13
"""Height of the panels' type in logical pixels; a page is set larger."""

_ROLES = {
    QPalette.ColorRole.Window: "ui_window",
    QPalette.ColorRole.WindowText: "ui_text",
    QPalette.ColorRole.Base: "ui_panel",
    QPalette.ColorRole.AlternateBase: "ui_window",
    QPalette.ColorRole.Text: "ui_text",
    QPalette.ColorRole.PlaceholderText: "ui_text_soft",
    QPalette.ColorRole.Button: "ui_panel",
    QPalette.ColorRole.ButtonText: "ui_text",
    QPalette.ColorRole.BrightText: "ui_error",
    QPalette.ColorRole.ToolTipBase: "ui_panel",
    QPalette.ColorRole.ToolTipText: "ui_text",
    QPalette.ColorRole.Highlight: "ui_accent",
    QPalette.ColorRole.HighlightedText: "ui_accent_text",
    QPalette.ColorRole.Accent: "ui_accent",
    QPalette.ColorRole.Link: "ui_passage",
    QPalette.ColorRole.LinkVisited: "ui_passage",
    QPalette.ColorRole.Light: "ui_panel",
    QPalette.ColorRole.Midlight: "ui_hover",
    QPalette.ColorRole.Mid: "ui_panel_edge",
    QPalette.ColorRole.Dark: "ui_control_edge",
    QPalette.ColorRole.Shadow: "ui_control_edge",
}

_PICTURE = re.compile(r'image: url\("([^"]*)"\)')
_STAND_IN = "background: %s; border-radius: 3px"
"""A picture that is lost becomes a patch of colour."""

_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


def theme_name(choice: ThemeChoice, scheme: Qt.ColorScheme) -> ThemeName:
    """Return the theme that a choice means under the system's colour scheme; light where the system has none."""
    if choice != "system":
        return choice
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def qt_palette(palette: Palette) -> QPalette:
    """Return the colours that Qt's own controls are drawn in."""
    colours = QPalette()
    for role, name in _ROLES.items():
        colours.setColor(role, QColor(palette.css(name)))
    soft = QColor(palette.css("ui_text_soft"))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        colours.setColor(QPalette.ColorGroup.Disabled, role, soft)
    return colours


def style_sheet(template: str, palette: Palette, *, icons: Path) -> str:
    """Return a style sheet with its ``$names`` replaced.

    Parameters
    ----------
    template
        ``$icons`` stands for the folder of icons, ``$theme`` for the theme, any other name for a colour.
    palette, icons
        What takes their place.
    """
    fixed = {"icons": icons.as_posix(), "theme": palette.theme}
    sheet = Template(template).safe_substitute(_Names(palette, fixed))
    return _PICTURE.sub(
        lambda found: found[0] if _is_icon(Path(found[1])) else _STAND_IN % palette.css("ui_text"), sheet
    )


def read_sheet(path: Path) -> tuple[str, GeodataError | None]:
    """Return a style sheet to give to `Theme`, and what is wrong with it; empty, Qt's own look, where it is of no use.

    Needs a QApplication, for Qt alone knows what it can read.
    """
    try:
        template = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        fault = why_unreadable(error)
    else:
        if template.strip() and _is_understood(template):
            return template, None
        fault = "it is damaged" if template.strip() else "it is empty"
    return "", GeodataError(
        f"The look of the window cannot be read: {fault}. The window looks plain.", where=str(path), advice=RESTORE
    )


def _is_understood(template: str) -> bool:
    """Let Qt read a style sheet and listen whether it complains."""
    heard: list[str] = []
    before = qInstallMessageHandler(lambda _kind, _context, text: heard.append(text))
    try:
        taster = QWidget()
        taster.setStyleSheet(Template(template).safe_substitute(_Names(None, {})))
        taster.ensurePolished()
    finally:
        qInstallMessageHandler(before)
    return not any("parse" in text for text in heard)


def _is_icon(path: Path) -> bool:
    from viewer.panels import icon_files  # a floor that loads when the window is on the screen already

    try:
        icon_files.read(path)
    except GeodataError:
        return False
    return True


class _Names(dict[str, str]):
    """Every word after a dollar sign has a value: what is fixed, else a colour."""

    def __init__(self, palette: Palette | None, fixed: Mapping[str, str]) -> None:
        super().__init__(fixed)
        self._palette = palette

    def __missing__(self, name: str) -> str:
        return self._palette.css(name) if self._palette else "#000000"


class Theme(QObject):
    """Dresses the application in a palette and decides which of the two is shown.

    Does not change the map: whoever listens to `name_changed` tells the session, and dresses the window in its palette.

    Parameters
    ----------
    app, choice
        The application, and what the person chose.
    template, icons
        The style sheet, see `style_sheet`, and the folder of icons.
    font_family
        Empty keeps the system's type.
    hints
        Who tells the system's colour scheme; the application's style hints by default.
    parent
        What it lives as long as; the application by default.

    Signals
    -------
    name_changed(ThemeName)
        The system's scheme or the person's choice now means another theme.
    """

    name_changed = Signal(str)

    def __init__(
        self,
        app: QApplication,
        *,
        choice: ThemeChoice,
        template: str,
        icons: Path,
        font_family: str = "",
        hints: QStyleHints | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent or app)
        self._app = app
        self._hints = hints or app.styleHints()
        self._choice: ThemeChoice = choice
        self._template = template
        self._icons = icons
        self._name: ThemeName = theme_name(choice, self._hints.colorScheme())
        app.setStyle("Fusion")
        if font_family:
            self.set_font_family(font_family)
        self._tell_system()
        self._hints.colorSchemeChanged.connect(self._follow)

    @property
    def choice(self) -> ThemeChoice:
        """What the person chose."""
        return self._choice

    @property
    def name(self) -> ThemeName:
        """The theme that the choice means now."""
        return self._name

    def set_font_family(self, family: str) -> None:
        """Set the family and the size of the window's type."""
        font = QFont(family)
        font.setPixelSize(TEXT_PX)
        self._app.setFont(font)

    def choose(self, choice: ThemeChoice) -> None:
        """Follow the system, or keep to one theme."""
        self._choice = choice
        self._tell_system()
        self._follow()

    def dress(self, palette: Palette) -> None:
        """Give the application's widgets the palette's colours."""
        self._app.setPalette(qt_palette(palette))
        self._app.setStyleSheet(style_sheet(self._template, palette, icons=self._icons))

    def _tell_system(self) -> None:
        """Ask for a window frame and system dialogs that match."""
        if self._choice == "system":
            self._hints.unsetColorScheme()
        else:
            self._hints.setColorScheme(_SCHEMES[self._choice])

    def _follow(self, _scheme: object = None) -> None:
        name = theme_name(self._choice, self._hints.colorScheme())
        if name == self._name:
            return
        self._name = name
        self.name_changed.emit(name)


def make_theme(choice: ThemeChoice, resources: Path, messages: Messages, *, parent: QWidget) -> Theme:
    """Return the running program's theme; a style sheet that cannot be read is told and done without."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    template, problem = read_sheet(resources / "styles" / "window.qss")
    if problem is not None:
        messages.tell_error(problem)
    icons = resources / "icons"
    return Theme(app, choice=choice, template=template, icons=icons, font_family=FAMILY, parent=parent)
