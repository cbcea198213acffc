"""Drawing what the window would show, without a window."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.app.arguments import Arguments, View

if TYPE_CHECKING:
    from PySide6.QtGui import QImage


def draw(arguments: Arguments, file: Path, *, resources: Path) -> int:
    """Draw a picture into a PNG file and say where it is; return the exit code.

    The file is written beside its place and moved there when it is whole; a link stays, and what it points to is
    replaced. What is no ordinary file is not replaced.
    """
    refusal = _refusal(file)
    if refusal:
        print(refusal, file=sys.stderr)
        return 1
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication.instance() or QGuiApplication(["arctic-viewer"])
    saved = _save(_paint(arguments, resources), file.resolve())
    del application
    if not saved:
        print(f"{file} cannot be written. Is the folder there, and may you write to it?", file=sys.stderr)
        return 1
    print(f"The map is drawn: {file}")
    return 0


def _refusal(file: Path) -> str:
    """Return why nothing can be drawn into this file; empty where something can."""
    if file.suffix.lower() != ".png":
        return f"{file} is no name for a picture, which is a PNG file. Let it end in .png."
    try:
        target = file.resolve()
    except (OSError, RuntimeError):  # before Python 3.13, of links in a circle
        target = file
    if target.is_symlink():
        return f"{file} is a link that leads nowhere. Name another."
    if target.exists() and not target.is_file():
        return f"{file} is not a file that can be replaced. Name another."
    return ""


def _paint(arguments: Arguments, resources: Path) -> QImage:
    from viewer.engine.engine import Engine
    from viewer.engine.messages import LookChange
    from viewer.engine.still import paint_still

    engine = Engine(resources)
    for problem in engine.problems:
        print(problem, file=sys.stderr)
    engine.set_look(LookChange(engine.stack, arguments.theme or "light", 1))
    width, height = arguments.size
    camera = (arguments.view or View("arctic")).camera(width_px=width, height_px=height)
    return paint_still(engine, camera, width_px=width, height_px=height)


def _save(image: QImage, file: Path) -> bool:
    """Write beside the file and move it there; a file that is replaced hands on who may read it."""
    part = file.with_name(f".arctic-map-{os.getpid()}.png")
    try:
        saved = image.save(str(part))
        if saved and file.exists():
            shutil.copymode(file, part)
        if saved:
            part.replace(file)
    except OSError:
        saved = False
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)
    return saved
