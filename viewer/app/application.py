"""The window on the screen first, and everything behind it after that."""

from __future__ import annotations

import gc
import signal
import time
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from viewer import __version__, crash, paths
from viewer.app.arguments import Arguments
from viewer.app.main_window import MainWindow
from viewer.engine.memory import hold_little
from viewer.engine.process import EngineProcess
from viewer.model import palette as palette_files
from viewer.model import settings as settings_files
from viewer.model.palette import Palette, ThemeName
from viewer.model.settings import Settings

_SETTINGS_FILE = "settings.json"
_FIRST_PAINT_WITHIN_S = 0.15
_SETTLED_AFTER_MS = 1_500  # when the map is there: opening the log takes some ten milliseconds


def open_window(arguments: Arguments, engine: EngineProcess, resources: Path) -> int:
    """Show the window, stay until it is closed, and return the exit code."""
    crash.watch("window")
    hold_little()
    application = _application()
    settings_file = _settings_file()
    settings = settings_files.read(settings_file) if settings_file else Settings()
    window = MainWindow(settings, _palettes(resources), theme=arguments.theme)
    _close_on_signals(window)
    window.show()
    _wait_for_paint(window)
    if arguments.view is None:
        _show_keepsake(window, resources)

    from viewer.app.program import Program  # the greater part of what there is to import

    program = Program(window, arguments.view, engine, resources=resources, settings_file=settings_file)
    program.open_files(arguments.files)
    QTimer.singleShot(_SETTLED_AFTER_MS, window, _settle)
    code = application.exec() if window.isVisible() else 0  # it may have been closed before all was there
    program.shutdown()
    return code


def _settle() -> None:
    """Do what can wait until the map is there."""
    crash.keep_log("window")
    gc.freeze()  # what is there by now stays; to look through it for garbage takes 13 ms, a frame and a half


def _close_on_signals(window: MainWindow) -> None:
    """Let a signal close the window in order; heard at the client's next look, for Qt's loop is not Python's."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: window.close())


def _application() -> QApplication:
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication([paths.NAME])
    application.setApplicationName(paths.NAME)
    application.setApplicationDisplayName(paths.TITLE)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName(paths.NAME)
    return application


def _wait_for_paint(window: MainWindow) -> None:
    """Let the window come onto the screen; a screen that is slow to show it is not waited for."""
    end = time.monotonic() + _FIRST_PAINT_WITHIN_S
    while not window.is_painted and time.monotonic() < end:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 5)


def _show_keepsake(window: MainWindow, resources: Path) -> None:
    from viewer.app import keepsake

    folder = paths.cache_folder()
    if folder is None:
        return
    made_of = keepsake.made_of(resources, window.first_theme, window.devicePixelRatioF())
    kept = keepsake.read(folder / keepsake.FILE, of=made_of)
    if kept is not None:
        window.show_keepsake(kept)


def _palettes(resources: Path) -> Mapping[ThemeName, Palette]:
    return palette_files.read_or_built_in(resources / "styles" / "palette.toml")[0]  # told when all is there


def _settings_file() -> Path | None:
    folder = paths.config_folder()
    return folder / _SETTINGS_FILE if folder else None
