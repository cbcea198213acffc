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


def watch_paint_events() -> None:
    """Put the stopwatch on what the first picture and the canvas both paint with; it costs a function call a paint."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from viewer.map.picture import Backdrop

    paint = Backdrop.paint

    def painted(self: Backdrop, *arguments: object, **keywords: object) -> None:
        paint(self, *arguments, **keywords)
        note("first_paint_ms")
        if self.newest is not None and "map_painted_ms" not in seen:
            note("map_painted_ms")
            QTimer.singleShot(1000, QApplication.quit)

    Backdrop.paint = painted


def main() -> None:
    """Start the program; the engine goes first, as always, and the watch is put on while it starts."""
    from viewer.app import startup
    from viewer.engine import process

    launch = process.launch

    def launch_and_watch(resources: Path) -> process.EngineProcess:
        engine = launch(resources)
        watch_paint_events()
        return engine

    process.launch = launch_and_watch
    startup.run([])
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
