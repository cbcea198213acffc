"""The start, told as a short story."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from viewer import paths

_WITHOUT_WINDOW = frozenset(("--help", "-h", "--version", "--screenshot", "--install-desktop"))
_FOREIGN_VARIABLES = ("PROJ_DATA", "PROJ_LIB", "GDAL_DATA", "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH")


def run(command_line: list[str]) -> int:
    """Do what the command line asks for and return the exit code."""
    for name in _FOREIGN_VARIABLES:
        os.environ.pop(name, None)  # another installation's, which would break ours
    if _WITHOUT_WINDOW.intersection(argument.partition("=")[0] for argument in command_line):
        return _run_without_window(command_line)
    return _open_window(command_line, paths.resources())


def _run_without_window(command_line: list[str]) -> int:
    from viewer.app.arguments import parse

    arguments = parse(command_line)
    if arguments.screenshot is not None:
        from viewer.app.screenshot import draw

        return draw(arguments, arguments.screenshot, resources=paths.resources())
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
