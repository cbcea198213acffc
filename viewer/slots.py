"""Shared memory that the engine paints into and the window shows from: three slots a canvas."""

from __future__ import annotations

import contextlib
import os
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

_SLOT_COUNT = 3
_ROOM = 1.25


class Slots:
    """Three pieces of shared memory of one size: one on the screen, one ready, one being painted.

    The window creates and owns them. When a larger picture is needed they are replaced; the old ones live on, retired,
    until nothing shows them. Raises OSError from `free_slot` where the machine has no shared memory left.
    """

    def __init__(self) -> None:
        self._capacity = 0
        self._current: list[SharedMemory] = []
        self._retired: list[SharedMemory] = []
        self._ready = ""

    def free_slot(self, size_bytes: int, *, showing: str) -> str:
        """Return the name of a slot that is neither shown nor ready to be, with room for so many bytes."""
        if size_bytes > self._capacity:
            self._replace(size_bytes)
        taken = {showing, self._ready}
        return next(memory.name for memory in self._current if memory.name not in taken)

    def mark_ready(self, slot: str) -> None:
        """Say which slot holds the newest finished picture."""
        self._ready = slot

    def memory(self, slot: str) -> memoryview:
        """Return a slot's bytes.

        Raises
        ------
        KeyError
            Where there is no such slot any more.
        """
        for memory in (*self._current, *self._retired):
            if memory.name == slot and memory.buf is not None:
                return memory.buf
        raise KeyError(slot)

    def drop_retired(self, *, keep: frozenset[str] = frozenset()) -> None:
        """Give back slots of earlier sizes but those to keep; nothing may show the others any more."""
        dropped = [memory for memory in self._retired if memory.name not in keep]
        self._retired = [memory for memory in self._retired if memory.name in keep]
        for memory in dropped:
            _give_back(memory)

    def close(self) -> None:
        """Give everything back; images of the slots must be gone."""
        self._retired += self._current
        self._current, self._capacity, self._ready = [], 0, ""
        self.drop_retired()

    def _replace(self, size_bytes: int) -> None:
        capacity = int(size_bytes * _ROOM)
        made: list[SharedMemory] = []
        try:
            for _ in range(_SLOT_COUNT):
                made += [SharedMemory(create=True, size=capacity)]
                _claim(made[-1])
        except OSError:
            for memory in made:
                _give_back(memory)
            raise
        self._retired += self._current
        self._current, self._capacity, self._ready = made, capacity, ""


def _claim(memory: SharedMemory) -> None:
    """Make sure of the pages: Linux promises more than it has, and breaks the promise by killing whoever writes.

    Raises
    ------
    OSError
        Where there is no room.
    """
    file = Path("/dev/shm", memory.name)
    if hasattr(os, "posix_fallocate") and file.exists():
        with file.open("r+b") as opened:
            os.posix_fallocate(opened.fileno(), 0, memory.size)


def _give_back(memory: SharedMemory) -> None:
    memory.close()
    with contextlib.suppress(FileNotFoundError):
        memory.unlink()
