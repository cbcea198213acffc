"""Two copies of a document, changed apart from each other → one."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import takewhile

from geodata import history
from geodata.edits import Edit
from geodata.errors import DocumentError
from geodata.history import Entry, replay, rows_between
from geodata.joining import joined

Key = tuple[str, str]
"""Table and id of a row."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that both copies changed, each in its own way; None where the row is not there."""

    key: Key
    before: str | None
    ours: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True)
class Merge:
    """What becomes of two copies.

    Attributes
    ----------
    rows : dict
        The merged rows, by table and id; of a conflict, as it was chosen, or else as the copy that comes first has it.
    conflicts : tuple of Conflict
        What both changed.
    history : tuple of Entry
        What both did: the part they share, then one copy's, then the other's sealed anew, then the merge itself.
    """

    rows: dict[Key, str]
    conflicts: tuple[Conflict, ...]
    history: tuple[Entry, ...]


def merge(
    ours: tuple[Entry, ...], theirs: tuple[Entry, ...], *, chosen: Mapping[Key, str | None] | None = None
) -> Merge:
    """Return what two histories of one document come to together; which of them is ours changes nothing but words.

    Parameters
    ----------
    ours, theirs
        The histories, whole and undamaged.
    chosen
        What a row that both changed shall be, by table and id; None for gone.

    Raises
    ------
    DocumentError
        Where the two have no entry in common: they are not copies of one document.
    """
    pairs = zip(ours, theirs, strict=False)
    shared = tuple(mine for mine, _ in takewhile(lambda pair: pair[0].seal == pair[1].seal, pairs))
    if not shared and ours and theirs:
        raise DocumentError("The two are not copies of one document: their histories have no beginning in common.")
    newest = _one_that_has_both(ours, theirs, shared=len(shared))
    if newest is not None:
        return Merge(replay(newest), (), newest)
    before, mine, other = replay(shared), replay(ours), replay(theirs)
    conflicts, together = _conflicts(before, mine, other)
    tails = sorted((ours[len(shared) :], theirs[len(shared) :]), key=lambda tail: tail[-1].seal if tail else "")
    first = replay((*shared, *tails[0]))
    taken = together | {conflict.key: first.get(conflict.key) for conflict in conflicts} | dict(chosen or {})
    rows = _combined(before, mine, other, taken)
    return Merge(rows, conflicts, _history(shared, tails, rows))


def write(connection: sqlite3.Connection, merged: Merge) -> None:
    """Put a merge into a document's tables in place of what is there; the steps that could be taken back are gone."""
    for table in ("arcticmap_rows", "arcticmap_history", "arcticmap_steps"):
        connection.execute(f"DELETE FROM {table}")
    for entry in merged.history:
        history.add(connection, entry)
    values = [(*key, text) for key, text in sorted(merged.rows.items())]
    connection.executemany("INSERT INTO arcticmap_rows VALUES (?, ?, ?)", values)
    head = merged.history[-1].seal if merged.history else ""
    for key, value in {"cursor": "0", "base": head, "saved": head}.items():
        history.set_meta(connection, key, value)


def _one_that_has_both(ours: tuple[Entry, ...], theirs: tuple[Entry, ...], *, shared: int) -> tuple[Entry, ...] | None:
    """Return the copy in which all that the other one did was merged already, maybe sealed anew; None for neither."""
    tails = (ours[shared:], theirs[shared:])
    mine, other = (Counter(replace(entry, number=0, previous="", seal="") for entry in tail) for tail in tails)
    having = [whole for whole, is_all in ((ours, other <= mine), (theirs, mine <= other)) if is_all]
    return min(having, key=lambda whole: whole[-1].seal if whole else "", default=None)


def _conflicts(
    before: dict[Key, str], ours: dict[Key, str], theirs: dict[Key, str]
) -> tuple[tuple[Conflict, ...], dict[Key, str | None]]:
    """Return what both changed in the same part, and the rows of which they changed different parts, with both."""
    conflicts: list[Conflict] = []
    together: dict[Key, str | None] = {}
    for key in sorted({*before, *ours, *theirs}):
        one = Conflict(key, before.get(key), ours.get(key), theirs.get(key))
        if one.ours == one.theirs or one.before in (one.ours, one.theirs):
            continue
        both = joined(one.before, one.ours, one.theirs)
        if both is None:
            conflicts.append(one)
        else:
            together[key] = both
    return tuple(conflicts), together


def _combined(
    before: dict[Key, str], ours: dict[Key, str], theirs: dict[Key, str], chosen: Mapping[Key, str | None]
) -> dict[Key, str]:
    rows: dict[Key, str] = {}
    for key in sorted({*before, *ours, *theirs, *chosen}):
        changed = theirs.get(key) if ours.get(key) == before.get(key) else ours.get(key)
        value = chosen.get(key, changed)
        if value is not None:
            rows[key] = value
    return rows


def _history(shared: tuple[Entry, ...], tails: list[tuple[Entry, ...]], rows: dict[Key, str]) -> tuple[Entry, ...]:
    """Return one chain: who is first is told by the seals, so that it does not matter who merges."""
    first, second = tails
    chain = [*shared, *first]
    for entry in second:
        chain.append(_behind(chain, entry) if first else entry)
    rest = rows_between(replay(chain), rows)
    if rest:
        at = max(entry.at for entry in chain)
        edit = Edit("merge two copies", rest)
        chain.append(_behind(chain, history.entry_of(edit, number=0, kind="merge", who="", at=at)))
    return tuple(chain)


def _behind(chain: list[Entry], entry: Entry) -> Entry:
    return replace(entry, number=len(chain) + 1).sealed(chain[-1].seal if chain else "")
