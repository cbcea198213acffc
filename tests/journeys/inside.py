"""The program as it is, with a socket on which a journey asks what its window shows.

Run as a script: the first argument is the socket's path, the others are the program's own.
"""

import json
import sys
import threading
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

problems: list[str] = []


def answer(question: str) -> object:
    """Evaluate a question in the window's thread; names: app, window, canvas, session, problems, `at` and Qt's."""
    from PySide6 import QtCore, QtGui, QtWidgets

    application = QtWidgets.QApplication.instance()
    windows = [w for w in application.topLevelWidgets() if isinstance(w, QtWidgets.QMainWindow) and w.isVisible()]
    window = windows[0] if windows else None
    canvas = window.findChild(QtWidgets.QGraphicsView, "map") if window else None
    session = getattr(window, "_session", None)  # none before the window is furnished

    def at(lon: float, lat: float) -> tuple[int, int]:
        """Where a place lies on the screen."""
        from geodata.stereographic import forward

        x, y = session.viewport.to_screen(*forward(lon, lat))
        point = canvas.mapToGlobal(QtCore.QPoint(round(x), round(y)))
        return point.x(), point.y()

    def text_of(widget: QtWidgets.QWidget) -> str:
        """All text that can be seen in a widget."""
        parts = [part.text() for part in widget.findChildren(QtWidgets.QLabel) if part.isVisible()]
        pages = [page.toPlainText() for page in widget.findChildren(QtWidgets.QTextEdit) if page.isVisible()]
        return "\n".join(parts + pages)

    def middle_of(widget: QtWidgets.QWidget) -> tuple[int, int]:
        """Where the middle of a widget is on the screen, after it was scrolled into view."""
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QtWidgets.QScrollArea):
                parent.ensureWidgetVisible(widget)
            parent = parent.parentWidget()
        point = widget.mapToGlobal(widget.rect().center())
        return point.x(), point.y()

    def engine_pid() -> int | None:
        """The engine's process, as the canvas's client knows it."""
        return canvas._engine.process_id

    names = {"app": application, "window": window, "canvas": canvas, "session": session, "at": at}
    names |= {"problems": problems, "engine_pid": engine_pid, "text_of": text_of, "middle_of": middle_of}
    names |= {"QtWidgets": QtWidgets, "QtCore": QtCore, "QtGui": QtGui}
    return eval(question, names)


def listen(path: str) -> None:
    """Open the socket once there is an application; runs in a thread until then, in the window's afterwards."""
    from PySide6 import QtCore, QtNetwork

    while QtCore.QCoreApplication.instance() is None or QtCore.QCoreApplication.startingUp():
        threading.Event().wait(0.005)

    application = QtCore.QCoreApplication.instance()
    keep = []

    def serve() -> None:
        server = QtNetwork.QLocalServer(application)
        server.newConnection.connect(lambda: accept(server.nextPendingConnection()))
        server.listen(path)
        keep.append(server)

    def accept(connection: QtNetwork.QLocalSocket) -> None:
        connection.readyRead.connect(lambda: reply(connection))

    def reply(connection: QtNetwork.QLocalSocket) -> None:
        while connection.canReadLine():
            question = json.loads(bytes(connection.readLine()))
            try:
                result = {"value": answer(question)}
            except Exception:
                result = {"error": traceback.format_exc()}
            connection.write(json.dumps(result, default=str).encode() + b"\n")
            connection.flush()

    QtCore.QTimer.singleShot(0, application, serve)


def main() -> int:
    """Start the program, noting every warning of Qt's and every exception that nobody caught."""
    from PySide6 import QtCore

    def note(kind, _context, text) -> None:
        if kind != QtCore.QtMsgType.QtDebugMsg:
            problems.append(f"{kind.name}: {text}")
            print(f"{kind.name}: {text}", file=sys.stderr)

    QtCore.qInstallMessageHandler(note)
    hook = sys.excepthook

    def caught(*error) -> None:
        problems.append("".join(traceback.format_exception(*error)))
        hook(*error)

    sys.excepthook = caught
    threading.Thread(target=listen, args=(sys.argv[1],), daemon=True).start()
    from viewer.app import startup

    code = startup.run(sys.argv[2:])
    QtCore.qInstallMessageHandler(None)
    return code or (3 if problems else 0)


if __name__ == "__main__":
    sys.exit(main())
