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
    """Evaluate a question in the window's thread; names: app, window, QtWidgets, and whatever the window has."""
    from PySide6 import QtCore, QtGui, QtWidgets

    application = QtWidgets.QApplication.instance()
    windows = [w for w in application.topLevelWidgets() if isinstance(w, QtWidgets.QMainWindow) and w.isVisible()]
    names = {"app": application, "window": windows[0] if windows else None, "problems": problems}
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
