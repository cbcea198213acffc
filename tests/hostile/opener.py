"""Somebody who opens files in a window, one after the other; imported when the program has loaded Qt."""

from __future__ import annotations

import json
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

_BEAT_MS = 5
_LOOK_MS = 40
_QUIET_LOOKS = 3
_PATIENCE_S = 25.0


class Opener(QObject):
    """Opens files one by one; each dialog that comes up is dismissed, each layer taken off again."""

    def __init__(self, window, bench, files: list[Path], problems: list[str]) -> None:
        super().__init__(window)
        self._window, self._bench, self._files, self._problems = window, bench, files, problems
        self._at = -1
        self._told: list[str] = []
        window._messages.told.connect(lambda message: self._told.append(message.text))
        self._beat = QTimer(self, interval=_BEAT_MS)
        self._beat.timeout.connect(self._note_beat)
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._watch)
        self._last = time.monotonic()
        self._beat.start()
        self._look.start()
        self._next()

    def _note_beat(self) -> None:
        now = time.monotonic()
        self._gap, self._last = max(self._gap, now - self._last), now

    def _next(self) -> None:
        self._at += 1
        if self._at == len(self._files):
            self._look.stop()
            self._window.close()
            return
        self._told.clear()
        self._gap, self._quiet, self._asked = 0.0, 0, False
        self._began = self._last = time.monotonic()
        self._before = self._layers()
        self._bench.open_files((self._files[self._at],))

    def _layers(self) -> frozenset[str]:
        return frozenset(layer.id for layer in self._bench.annotating._session.stack if layer.is_own)

    def _watch(self) -> None:
        dialogs = [top for top in QApplication.topLevelWidgets() if isinstance(top, QDialog) and top.isVisible()]
        for dialog in dialogs:
            self._asked = True
            discard = [one for one in dialog.findChildren(QPushButton) if one.text() == "Discard them"]
            if discard:  # what is not saved stands between a hostile document and the window
                discard[0].click()
            else:
                dialog.reject()
        is_late = time.monotonic() - self._began > _PATIENCE_S
        if is_late:
            self._bench.own.cancel()
        is_busy = self._bench.own.reader.is_busy or self._bench._documents._reader.is_busy
        self._quiet = 0 if dialogs or is_busy else self._quiet + 1
        if self._quiet >= _QUIET_LOOKS or is_late:
            self._tell(is_late=is_late)
            self._next()

    def _tell(self, *, is_late: bool) -> None:
        added = self._layers() - self._before
        line = {
            "file": str(self._files[self._at]),
            "layers": len(added),
            "is_open": self._files[self._at].stem in self._window.windowTitle(),
            "told": [text[:300] for text in self._told],
            "asked": self._asked,
            "late": is_late,
            "gap_ms": round(1000 * self._gap),
            "seconds": round(time.monotonic() - self._began, 2),
            "problems": list(self._problems),
        }
        self._problems.clear()
        print(json.dumps(line), flush=True)
        for layer in added:
            self._bench.own.remove(layer)
