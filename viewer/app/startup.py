"""The start, told as a short story."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from viewer import paths
from viewer.app.arguments import Arguments, parse

_FOREIGN_VARIABLES = ("PROJ_DATA", "PROJ_LIB", "GDAL_DATA", "QT_PLUGIN_PATH")


def run(command_line: list[str]) -> int:
    """Do what the command line asks for and return the exit code."""
    arguments = parse(command_line)
    for name in _FOREIGN_VARIABLES:
        os.environ.pop(name, None)  # another installation's, which would break ours
    if arguments.install_desktop:
        return _install_desktop()
    if arguments.screenshot is not None:
        return _draw(arguments, arguments.screenshot, paths.resources())
    return _open_window(arguments, paths.resources())


def _install_desktop() -> int:
    from geodata.errors import GeodataError
    from viewer.app.desktop import install_desktop

    try:
        print(install_desktop())
    except GeodataError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _draw(arguments: Arguments, file: Path, resources: Path) -> int:
    from viewer.app.screenshot import draw

    return draw(arguments, file, resources=resources)


def _open_window(arguments: Arguments, resources: Path) -> int:
    from viewer.engine.process import launch

    engine = launch(resources)  # first of all: it starts on the second core while Qt starts on this one
    try:
        from viewer.app.application import open_window

        return open_window(arguments, engine, resources)
    finally:
        engine.kill()
        sys.stdout.flush()
