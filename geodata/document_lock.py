"""A file beside a document that tells who has it open."""

from __future__ import annotations

import json
import os
import socket
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geodata.journal import now


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a document open, on which machine, in which process, since when."""

    who: str
    host: str
    pid: int
    since: str


class DocumentLock:
    """Held while a document is open; it warns and prevents nothing, for other programs do not know it.

    Parameters
    ----------
    path
        The document.
    who
        The name that others see.
    """

    def __init__(self, path: Path, *, who: str) -> None:
        self._file = path.with_name(f".{path.name}.lock")
        self._who = who
        self._is_held = False

    def take(self) -> Holder | None:
        """Take the lock, and return None; or return who else has it.

        Where nothing can be written beside the document, nobody is told of us. A lock is void whose process on this
        machine is gone.
        """
        mine = Holder(self._who, socket.gethostname(), os.getpid(), now())
        for _ in range(2):
            try:
                with self._file.open("x", encoding="utf-8") as file:
                    json.dump(asdict(mine), file)
                self._is_held = True
                return None
            except FileExistsError:
                other = self._other()
                if other is not None and _lives(other):
                    return other
                with suppress(OSError):
                    self._file.unlink(missing_ok=True)
            except OSError:
                return None
        return None

    def release(self) -> None:
        """Give the lock back."""
        if self._is_held:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)
            self._is_held = False

    def _other(self) -> Holder | None:
        try:
            table: dict[str, Any] = json.loads(self._file.read_text(encoding="utf-8"))
            return Holder(str(table["who"]), str(table["host"]), int(table["pid"]), str(table["since"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None


def _lives(holder: Holder) -> bool:
    """Tell whether a holder's process may still run; of other machines, and of Windows, it is assumed."""
    if holder.host != socket.gethostname() or sys.platform == "win32":
        return True
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
