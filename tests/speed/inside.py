"""The program with somebody at its controls who takes notes; the notes are printed as JSON.

Run as a script. The argument is what is done in it: ``tour``, ``clicks``, ``rest`` or ``open``; or ``travel``,
with the seconds it lasts and the number of its first leg. The window is 1920 × 1080 with its panels open.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

_LOOK_EVERY_MS = 20
_WARM_UP_MS = 1_500


def begin(deed: str, application) -> None:
    """Wait until the whole map is on the screen, make the window as large as the screen, then do what was asked."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QGraphicsView, QMainWindow

    timer = QTimer(application)
    stage = {"is_large": False}
    opened = len(files_of(deed))

    def look() -> None:
        windows = [top for top in application.topLevelWidgets() if isinstance(top, QMainWindow)]
        canvas = windows[0].findChild(QGraphicsView, "map") if windows else None
        if canvas is None or not canvas.is_sharp:
            return
        if not stage["is_large"]:
            stage["is_large"] = True
            windows[0].showFullScreen()
            return
        if windows[0].width() < 1900 or sum(layer.is_own for layer in canvas._session.stack) < opened:
            return
        timer.stop()
        QTimer.singleShot(_WARM_UP_MS, application, lambda: run(deed, windows[0], canvas))

    timer.timeout.connect(look)
    timer.start(_LOOK_EVERY_MS)


def files_of(deed: str) -> list[str]:
    """Return the files that are opened at the start; those that are to be opened under a stopwatch are not."""
    files = os.environ.get("ARCTIC_VIEWER_SPEED_FILES", "")
    return files.split(os.pathsep) if files and deed != "open" else []


def run(deed: str, window, canvas) -> None:
    """Do it, print the notes, close the window."""
    from tests.speed import clicking, opening, riding, travelling, weighing

    if deed == "travel":
        travelling.travel(window, canvas, seconds=float(sys.argv[2]), leg=int(sys.argv[3]))
        return

    def done(notes: dict[str, float]) -> None:
        print(json.dumps(notes), flush=True)
        window.close()

    deeds: dict[str, Callable] = {"tour": riding.ride, "clicks": clicking.click, "rest": weighing.weigh}
    deeds["open"] = opening.open_and_close
    deeds[deed](window, canvas, done)


def watch_frames() -> None:
    """Let whoever wants to know be told of each frame of the map; before any map is made, for bindings remember."""
    from tests.speed import riding
    from viewer.map.canvas import Canvas

    paint = Canvas.paintEvent

    def painted(canvas, event) -> None:
        paint(canvas, event)
        for watcher in riding.watchers:
            watcher()

    Canvas.paintEvent = painted


def main() -> None:
    """Start the program as always; the hand reaches in when Qt's loop begins."""
    from PySide6.QtWidgets import QApplication

    from viewer.app import startup

    watch_frames()

    loop = QApplication.exec

    def execute(*_: object) -> int:
        begin(sys.argv[1], QApplication.instance())
        return loop()

    QApplication.exec = execute
    startup.run(files_of(sys.argv[1]))


if __name__ == "__main__":
    main()
