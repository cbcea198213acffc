"""The program with a stopwatch: tells when its window was first painted and when the whole map was, and ends.

Run as a script. The first argument is the monotonic time at which the process was started; times are milliseconds
since then, printed as JSON.
"""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

BEGAN_S = float(sys.argv[1])
seen: dict[str, float] = {}


def note(name: str) -> None:
    """Note the first time that something is seen."""
    seen.setdefault(name, round((time.monotonic() - BEGAN_S) * 1000, 1))


def watch_window() -> None:
    """Put the stopwatch on the window's paint events; it costs a function call a paint."""
    from viewer.app.main_window import MainWindow

    paint = MainWindow.paintEvent

    def painted(self: MainWindow, event: object) -> None:
        paint(self, event)
        note("first_paint_ms")
        if self.keepsake is not None:
            note("map_of_last_time_ms")

    MainWindow.paintEvent = painted


def watch_map() -> None:
    """Put the stopwatch on what the first picture and the canvas both paint with."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from viewer.map.picture import Backdrop

    paint = Backdrop.paint

    def painted(self: Backdrop, *arguments: object, **keywords: object) -> None:
        paint(self, *arguments, **keywords)
        if self.newest is not None and "map_painted_ms" not in seen:
            note("map_painted_ms")
            QTimer.singleShot(1000, QApplication.quit)

    Backdrop.paint = painted


def main() -> None:
    """Start the program, the engine first as always; each watch is put on just before what it watches is made."""
    from viewer.app import startup
    from viewer.engine import process

    launch = process.launch

    def launch_and_watch(resources: Path) -> process.EngineProcess:
        engine = launch(resources)
        watch_window()
        from viewer.app import application

        wait = application._wait_for_paint

        def wait_and_watch(window: object) -> None:
            wait(window)
            watch_map()

        application._wait_for_paint = wait_and_watch
        return engine

    process.launch = launch_and_watch
    startup.run([])
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
