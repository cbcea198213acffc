"""What is asked of the process that opens and saves documents; loads no geometry library, for the window uses it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

SUFFIX = ".arcticmap"
KEPT_VERSIONS = 5
"""How many earlier versions of a document are kept."""


@dataclass(frozen=True, slots=True)
class SaveRequest:
    """Ask for a working copy to be written as a document.

    Attributes
    ----------
    path : Path
        The document.
    journal, folder : Path
        The working copy, and where the files of its layers are.
    stamp : tuple of (int, int) or None
        What `stamp_of` the document must still be; None where it may be replaced whatever it is.
    versions : Path or None
        Where earlier versions are kept; None for nowhere.
    """

    path: Path
    journal: Path
    folder: Path
    stamp: tuple[int, int] | None = None
    versions: Path | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """The document was saved, is stamped so now, and holds what the working copy held at a token."""

    path: Path
    stamp: tuple[int, int]
    token: str


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """Ask for a working copy of a document to be made in a folder that exists and is the process's own."""

    path: Path
    folder: Path


@dataclass(frozen=True, slots=True)
class Unpacked:
    """There is a working copy.

    Attributes
    ----------
    journal : Path
        Of the working copy; the files of its layers are beside it.
    stamp : tuple of (int, int)
        Of the document as it was read.
    damages : tuple of str
        What is wrong with its history.
    has_news : bool
        Whether another program changed something, which is in the working copy but not in the history of the file.
    """

    journal: Path
    stamp: tuple[int, int]
    damages: tuple[str, ...] = ()
    has_news: bool = False


Shape = tuple[tuple[tuple[float, float], ...], ...]
"""Lines in map metres; a line of one place is a point."""


@dataclass(frozen=True, slots=True)
class MergeRequest:
    """Ask for another copy of a document to be merged into a working copy.

    Attributes
    ----------
    path : Path
        The other copy.
    journal, home : Path
        The working copy, and where the files of its layers are.
    folder : Path
        Where what is made goes; exists and is the process's own.
    token : str
        Where among its steps the working copy is.
    chosen : tuple of (str, str, str or None)
        Table, id and text of rows that both changed, as somebody chose; None for gone.
    """

    path: Path
    journal: Path
    home: Path
    folder: Path
    token: str
    chosen: tuple[tuple[str, str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A row that both copies changed, each in its own way.

    Attributes
    ----------
    table, id, title : str
        Which row, and what it is called.
    ours, theirs : str or None
        What each has made of it; None for gone.
    our_shape, their_shape : Shape
        Where each lies.
    """

    table: str
    id: str
    title: str
    ours: str | None
    theirs: str | None
    our_shape: Shape = ()
    their_shape: Shape = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """The two are merged, but for what somebody has to choose first.

    Attributes
    ----------
    journal : Path
        The merged working copy, where nothing is left to choose; the files of the other copy's layers are beside it.
    open : tuple of Disagreement
        What is to be chosen.
    token : str
        Where among its steps the working copy was.
    """

    journal: Path
    open: tuple[Disagreement, ...]
    token: str


def stamp_of(path: Path) -> tuple[int, int]:
    """Return a file's time of change in nanoseconds and its size in bytes."""
    stat = path.stat()
    return (stat.st_mtime_ns, stat.st_size)


def versions_of(folder: Path, path: Path) -> Path:
    """Return the folder in which the earlier versions of one document are kept."""
    return folder / hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:16]


def earlier_versions(folder: Path, path: Path) -> tuple[Path, ...]:
    """Return the earlier versions of a document, the newest first; their names are times of change in nanoseconds."""
    found = versions_of(folder, path)
    return tuple(sorted(found.iterdir(), reverse=True)) if found.is_dir() else ()
