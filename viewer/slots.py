"""Shared memory that the engine paints into and the window shows from: three slots a canvas."""

from __future__ import annotations

import contextlib
import mmap
import os
import secrets
import tempfile
from pathlib import Path

_SLOT_COUNT = 3
_ROOM = 1.25
_NAME = "arctic-map-picture"


class SharedMemory:
    """A piece of memory that two processes see, under a name that the other can open it by.

    On Linux it has no place among the files: nothing is left of it when both processes are gone, however they went.
    Elsewhere, and where Linux gives none, it is a file among the temporary ones, removed when it is closed; one whose
    owner was killed stays until the system clears them.

    Attributes
    ----------
    name : str
        What `attach` opens it by.
    bytes : memoryview
        The memory.
    is_file : bool
        Whether it is a file among the temporary ones.
    """

    def __init__(self, descriptor: int, *, name: str, size_bytes: int, file: Path | None = None) -> None:
        self.name = name
        self.is_file = file is not None
        self._descriptor = descriptor
        self._file = file
        self._map = mmap.mmap(descriptor, size_bytes)
        self.bytes = memoryview(self._map)

    def close(self) -> None:
        """Give the memory back; images of it must be gone."""
        self.bytes.release()
        self._map.close()
        os.close(self._descriptor)
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.unlink()


def create(size_bytes: int) -> SharedMemory:
    """Make a piece of shared memory, without a file where that can be.

    Raises
    ------
    OSError
        Where there is no room for it, neither in memory nor among the temporary files.
    """
    try:
        return _in_memory(size_bytes)
    except (AttributeError, OSError):  # not Linux; or forbidden, or no room
        return _in_file(size_bytes)


def attach(name: str) -> SharedMemory:
    """Open another process's piece of shared memory by its name.

    Raises
    ------
    OSError, ValueError
        Where it is gone.
    """
    descriptor = os.open(name, os.O_RDWR | _temporary() | getattr(os, "O_CLOEXEC", 0))
    try:
        return SharedMemory(descriptor, name=name, size_bytes=os.fstat(descriptor).st_size)
    except (OSError, ValueError):
        os.close(descriptor)
        raise


class Slots:
    """Three pieces of shared memory of one size: one on the screen, one ready, one being painted.

    The window creates and owns them. When a larger picture is needed they are replaced; the old ones live on, retired,
    until nothing shows them. Raises OSError from `free_slot` where the machine has no memory left.
    """

    def __init__(self) -> None:
        self._capacity = 0
        self._current: list[SharedMemory] = []
        self._retired: list[SharedMemory] = []
        self._ready = ""

    @property
    def are_files(self) -> bool:
        """Whether the newest slots are files among the temporary ones, which is slower."""
        return any(memory.is_file for memory in self._current)

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
            if memory.name == slot:
                return memory.bytes
        raise KeyError(slot)

    def drop_retired(self, *, keep: frozenset[str] = frozenset()) -> None:
        """Give back slots of earlier sizes but those to keep; nothing may show the others any more."""
        dropped = [memory for memory in self._retired if memory.name not in keep]
        self._retired = [memory for memory in self._retired if memory.name in keep]
        for memory in dropped:
            memory.close()

    def close(self) -> None:
        """Give everything back; images of the slots must be gone."""
        self._retired += self._current
        self._current, self._capacity, self._ready = [], 0, ""
        self.drop_retired()

    def _replace(self, size_bytes: int) -> None:
        capacity = int(size_bytes * _ROOM)
        made: list[SharedMemory] = []
        try:
            made.extend(create(capacity) for _ in range(_SLOT_COUNT))
        except OSError:
            for memory in made:
                memory.close()
            raise
        self._retired += self._current
        self._current, self._capacity, self._ready = made, capacity, ""


def _in_memory(size_bytes: int) -> SharedMemory:
    """Make memory that lives as long as anybody has it open; the other side opens it through this process."""
    descriptor = os.memfd_create(_NAME)
    name = f"/proc/{os.getpid()}/fd/{descriptor}"
    return _claimed(descriptor, name=name, size_bytes=size_bytes)


def _in_file(size_bytes: int) -> SharedMemory:
    file = Path(tempfile.gettempdir(), f"{_NAME}-{os.getpid()}-{secrets.token_hex(4)}")
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _temporary() | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(file, flags, mode=0o600)
    try:
        return _claimed(descriptor, name=str(file), size_bytes=size_bytes, file=file)
    except OSError:
        with contextlib.suppress(OSError):
            file.unlink()
        raise


def _claimed(descriptor: int, *, name: str, size_bytes: int, file: Path | None = None) -> SharedMemory:
    """Make sure of the pages: Linux promises more than it has, and breaks the promise by killing whoever writes."""
    try:
        os.truncate(descriptor, size_bytes)
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(descriptor, 0, size_bytes)
        return SharedMemory(descriptor, name=name, size_bytes=size_bytes, file=file)
    except OSError:
        os.close(descriptor)
        raise


def _temporary() -> int:
    """Return the flag by which Windows removes a file with its last user."""
    return getattr(os, "O_TEMPORARY", 0) | getattr(os, "O_BINARY", 0)
