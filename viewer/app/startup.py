"""The start, told as a short story."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path

from viewer import paths

_WITHOUT_WINDOW = frozenset(
    ("--help", "-h", "--version", "--screenshot", "--verify", "--check", "--preflight", "--install-desktop")
)
_FOREIGN_VARIABLES = ("PROJ_DATA", "PROJ_LIB", "GDAL_DATA", "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH")
_WITHOUT_SCREEN = "To draw the map into a picture instead, add: --screenshot map.png"


def run(command_line: list[str]) -> int:
    """Do what the command line asks for and return the exit code."""
    _prepare_environment()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until there is a window to close, an end without a traceback
    if _WITHOUT_WINDOW.intersection(argument.partition("=")[0] for argument in command_line):
        return _run_without_window(command_line)
    missing = _missing_screen()
    if missing:
        print(missing, file=sys.stderr)
        return 1
    return _open_window(command_line, paths.resources())


def _prepare_environment() -> None:
    for name in _FOREIGN_VARIABLES:
        os.environ.pop(name, None)  # another installation's, which would break ours
    if sys.platform == "linux":
        decisive = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "C")
        if decisive in ("C", "POSIX"):  # Qt would complain, and switch to this itself
            os.environ["LC_ALL" if os.environ.get("LC_ALL") else "LC_CTYPE"] = "C.UTF-8"


def _missing_screen() -> str:
    """Return what to tell where no window can be shown, which Qt would end the program for; else nothing."""
    if sys.platform != "linux" or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    display = os.environ.get("DISPLAY", "")
    if not display:
        return f"There is no screen here: neither DISPLAY nor WAYLAND_DISPLAY is set. {_WITHOUT_SCREEN}"
    return "" if _is_reached(display) else f"The screen {display} cannot be reached. {_WITHOUT_SCREEN}"


def _is_reached(display: str) -> bool:
    """Tell whether an X server answers and lets us in; where that cannot be asked, it is taken to."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        xcb = ctypes.CDLL("libxcb.so.1")
        xcb.xcb_connect.restype = ctypes.c_void_p
        connection = ctypes.c_void_p(xcb.xcb_connect(os.fsencode(display), None))
        refused = xcb.xcb_connection_has_error(connection)
        xcb.xcb_disconnect(connection)
        return not refused
    return True


def _run_without_window(command_line: list[str]) -> int:
    from viewer.app.arguments import parse

    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # who reads only the first lines gets only them
    arguments = parse(command_line)
    if arguments.screenshot is not None:
        from viewer.app.screenshot import draw

        return draw(arguments, arguments.screenshot, resources=paths.resources())
    if arguments.verify is not None:
        from viewer.app.verifying import verify

        return verify(arguments.verify)
    if arguments.check is not None:
        from viewer.app.checking import check

        return check(arguments.check if arguments.check.name else None, resources=paths.resources())
    if arguments.preflight is not None:
        from viewer.app.preflight import look_over

        return look_over(arguments.preflight, resources=paths.resources(), slot_min=arguments.slot_min)
    return _install_desktop()


def _install_desktop() -> int:
    from geodata.errors import GeodataError
    from viewer.app.desktop import install_desktop

    try:
        print(install_desktop())
    except GeodataError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _open_window(command_line: list[str], resources: Path) -> int:
    from viewer.engine.process import launch

    engine = launch(resources)  # first of all: it starts on the second core while all else starts on this one
    try:
        from viewer.app.application import open_window
        from viewer.app.arguments import parse

        return open_window(parse(command_line), engine, resources)
    finally:
        engine.kill()
        engine.close()
