"""A person at a screen: a real X server, a window manager, a mouse and a keyboard, and eyes on the window."""

from __future__ import annotations

import json
import os
import select
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
NEEDED = ("Xvfb", "openbox", "xdotool")
PATIENCE_S = 20.0


def missing() -> list[str]:
    """Return the programs that a journey needs and this machine lacks."""
    return [program for program in NEEDED if shutil.which(program) is None]


def wait_until(true: Callable[[], Any], *, what: str, patience_s: float = PATIENCE_S) -> Any:
    """Wait for something to become true and return it."""
    end = time.monotonic() + patience_s
    while True:
        value = true()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {patience_s:.0f} s in vain for: {what}")
        pause(0.02)


def pause(seconds: float) -> None:
    """Let the window have the processor; a journey waits for results with `wait_until` and not with this."""
    select.select([], [], [], seconds)


@contextmanager
def screen(size: str = "1600x1000x24") -> Iterator[str]:
    """Run an X server with a window manager and give its display's name."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp", "-noreset"],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        display = f":{pipe.readline().strip()}"
    environment = os.environ | {"DISPLAY": display}
    manager = subprocess.Popen(
        ["openbox", "--sm-disable"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield display
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(10)


@dataclass
class Person:
    """Somebody who uses the program's window with a mouse and a keyboard.

    Attributes
    ----------
    display : str
        The X display.
    process : Popen
        The program.
    """

    display: str
    process: subprocess.Popen[bytes]
    _socket: socket.socket
    _pending: bytes = b""

    def see(self, question: str) -> Any:
        """Return what an expression about the window gives, evaluated inside the program."""
        self._socket.sendall(json.dumps(question).encode() + b"\n")
        while b"\n" not in self._pending:
            more = self._socket.recv(1 << 16)
            if not more:
                raise AssertionError("the program is gone")
            self._pending += more
        line, _, self._pending = self._pending.partition(b"\n")
        result = json.loads(line)
        if "error" in result:
            raise AssertionError(result["error"])
        return result["value"]

    def wait_to_see(self, question: str, *, patience_s: float = PATIENCE_S) -> Any:
        """Wait until an expression about the window becomes true."""
        return wait_until(lambda: self.see(question), what=question, patience_s=patience_s)

    def use(self, *words: object) -> None:
        """Move the mouse or press keys, as xdotool says it."""
        subprocess.run(
            ["xdotool", *map(str, words)], env=os.environ | {"DISPLAY": self.display}, check=True, timeout=20
        )

    def point_at(self, x: float, y: float) -> None:
        """Move the mouse to a place on the screen."""
        self.use("mousemove", round(x), round(y))

    def click(self, x: float, y: float, *, button: int = 1) -> None:
        """Click at a place on the screen."""
        self.use("mousemove", round(x), round(y), "click", button)

    def key(self, *names: str) -> None:
        """Press keys one after the other."""
        self.use("key", *names)

    def screenshot(self, file: Path) -> None:
        """Keep a picture of the whole screen; needs ImageMagick and does nothing without it."""
        if shutil.which("import"):
            subprocess.run(
                ["import", "-window", "root", str(file)], env=os.environ | {"DISPLAY": self.display}, check=False
            )

    def leave(self) -> int:
        """Close the window as the window manager does, and return the program's exit code."""
        self.key("alt+F4")
        return self.process.wait(15)


@contextmanager
def person_at(
    display: str, folder: Path, *arguments: str, environment: dict[str, str] | None = None
) -> Iterator[Person]:
    """Start the program on a display and give the person in front of it; the program ends with them."""
    where = folder / "inside.socket"
    with (folder / "stderr.txt").open("wb") as errors:
        program = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("inside.py")), str(where), *arguments],
            cwd=ROOT,
            env=os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"} | (environment or {}),
            stderr=errors,
        )
    connection = socket.socket(socket.AF_UNIX)
    try:
        wait_until(lambda: _connected(connection, where, program), what="the program's start", patience_s=60)
        person = Person(display, program, connection)
        person.wait_to_see("window is not None")
        yield person
    finally:
        connection.close()
        if program.poll() is None:
            program.terminate()
            try:
                program.wait(10)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()


def _connected(connection: socket.socket, where: Path, program: subprocess.Popen[bytes]) -> bool:
    if program.poll() is not None:
        errors = (where.parent / "stderr.txt").read_text(errors="replace")
        raise AssertionError(f"the program ended with {program.returncode} before it opened its window:\n{errors}")
    try:
        connection.connect(str(where))
    except OSError:
        return False
    return True
