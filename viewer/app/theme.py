"""The window's look: the palette as Qt's colours and as a style sheet, following the system unless a person chose."""

from __future__ import annotations

from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication

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
    names = {name: palette.css(name) for name in palette.colours}
    return Template(template).safe_substitute(names, icons=icons.as_posix(), theme=palette.theme)


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
