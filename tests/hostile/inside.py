"""The program with somebody who opens hostile files in it, one after the other, and prints what became of each.

Run as a script; the argument is a file with a JSON list of paths. For each a line of JSON: what happened, the longest
time that the window did not answer, and how long it took. At the end the program is closed as by a person.
"""

from __future__ import annotations

import json
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

_LOOK_MS = 40

problems: list[str] = []


def begin(files: list[Path], application) -> None:
    """Wait for the map, then open the first file."""
    from PySide6.QtCore import QObject, QTimer
    from PySide6.QtWidgets import QMainWindow

    from tests.hostile.opener import Opener

    timer = QTimer(application)

    def look() -> None:
        windows = [top for top in application.topLevelWidgets() if isinstance(top, QMainWindow)]
        bench = windows[0].findChild(QObject, "bench") if windows else None
        if bench is not None:
            timer.stop()
            Opener(windows[0], bench, files, problems)

    timer.timeout.connect(look)
    timer.start(_LOOK_MS)


def main() -> int:
    """Start the program, noting every warning of Qt's and every exception that nobody caught."""
    from PySide6 import QtCore
    from PySide6.QtWidgets import QApplication

    def note(kind, _context, text) -> None:
        if kind != QtCore.QtMsgType.QtDebugMsg:
            problems.append(f"{kind.name}: {text}")

    QtCore.qInstallMessageHandler(note)
    hook = sys.excepthook

    def caught(*error) -> None:
        problems.append("".join(traceback.format_exception(*error))[-2_000:])
        hook(*error)

    sys.excepthook = caught
    files = [Path(name) for name in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))]
    loop = QApplication.exec

    def execute(*_: object) -> int:
        begin(files, QApplication.instance())
        return loop()

    QApplication.exec = execute
    from viewer.app import startup

    code = startup.run(["--theme", "light"])
    QtCore.qInstallMessageHandler(None)
    return code


if __name__ == "__main__":
    sys.exit(main())
