"""Looking whether a document's history is whole: ``--verify FILE``."""

from __future__ import annotations

import sys
from pathlib import Path

from geodata import history
from geodata.document_file import reading
from geodata.errors import DocumentError

_LIMITS = "This shows accidents, such as a damaged disk. It does not show forgery: whoever wants to can seal all anew."


def verify(path: Path) -> int:
    """Print what is damaged in a document's history, and return the exit code: 0 where all is whole."""
    try:
        with reading(path) as connection:
            found = history.damages(connection)
            count = sum(1 for _ in connection.execute("SELECT number FROM arcticmap_history"))
    except DocumentError as error:
        print(error, file=sys.stderr)
        return 1
    for line in found:
        print(f"{path.name}: {line}".encode("utf-8", "replace").decode())
    if not found:
        print(f"{path.name}: all {count:,} entries of the history are whole, and lead to what the document holds.")
    print(_LIMITS)
    return 1 if found else 0
