"""A real window that hostile files are opened in, watched from outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.journeys.person import screen
from viewer.model.process_memory import children, resident_mb

_INSIDE = Path(__file__).with_name("inside.py")
_SAMPLE_EVERY_S = 0.2

Fate = dict[str, Any]


def open_all(files: list[Path], home: Path) -> Iterator[Fate]:
    """Open files in one window and give what became of each, with the most memory that all processes held.

    A window that dies is given as the fate of the file that was being opened; the next file opens in a new one.
    """
    left = list(files)
    with screen() as display:
        while left:
            for fate in _one_window(left, home, display):
                yield fate
                left = left[1:]
                if fate.get("died"):
                    break


def _one_window(files: list[Path], home: Path, display: str) -> Iterator[Fate]:
    names = home / "files.json"
    names.write_text(json.dumps([str(file) for file in files]), encoding="utf-8")
    environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": str(home)}
    environment |= {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    with (
        (home / "stderr.txt").open("ab") as errors,
        subprocess.Popen(
            [sys.executable, str(_INSIDE), str(names)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as program,
    ):
        scale = _Scale(program.pid)
        assert program.stdout is not None
        done = 0
        for line in program.stdout:
            done += 1
            yield json.loads(line) | {"memory_mb": scale.most_mb()}
        code = program.wait(60)
        scale.stop()
    if done < len(files):
        yield {"file": str(files[done]), "died": code or -1}
    elif code:
        yield {"file": "", "died": code}


class _Scale:
    """Weighs a process and all that it started, again and again."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._most_mb = 0.0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._weigh, daemon=True)
        self._thread.start()

    def most_mb(self) -> float:
        """Return the most since the last call; pages that processes share count once for each."""
        most, self._most_mb = self._most_mb, 0.0
        return round(most)

    def stop(self) -> None:
        """End."""
        self._stopped.set()
        self._thread.join()

    def _weigh(self) -> None:
        while not self._stopped.wait(_SAMPLE_EVERY_S):
            everyone = (self._process, *children(self._process))
            self._most_mb = max(self._most_mb, resident_mb(everyone) or 0.0)
