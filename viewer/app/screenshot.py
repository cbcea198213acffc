"""Drawing what the window would show, without a window."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from viewer.app.arguments import Arguments, View


def draw(arguments: Arguments, file: Path, *, resources: Path) -> int:
    """Draw a picture into a PNG file and say where it is; return the exit code.

    The file is written beside its place and moved there when it is whole.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    from viewer.engine.engine import Engine
    from viewer.engine.messages import LookChange
    from viewer.engine.still import paint_still

    application = QGuiApplication.instance() or QGuiApplication(["arctic-viewer"])
    if file.exists() and not file.is_file():
        print(f"{file} is not a file that can be replaced. Name another.", file=sys.stderr)
        return 1
    engine = Engine(resources)
    for problem in engine.problems:
        print(problem, file=sys.stderr)
    engine.set_look(LookChange(engine.stack, arguments.theme or "light", 1))
    width, height = arguments.size
    camera = (arguments.view or View("arctic")).camera(width_px=width, height_px=height)
    image = paint_still(engine, camera, width_px=width, height_px=height)
    part = file.with_name(f".{file.name}.part.png")
    try:
        saved = image.save(str(part))
        if saved:
            part.replace(file)
    except OSError:
        saved = False
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)
    del application
    if not saved:
        print(f"{file} cannot be written. Is the folder there, and may you write to it?", file=sys.stderr)
        return 1
    print(f"The map is drawn: {file}")
    return 0
