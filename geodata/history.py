"""The history in a document: who changed what, when and why, each entry sealed together with the one before.

The seals are plain hashes. They show accidents: a damaged disk, a broken copy, a careless hand. They do not show
forgery, for whoever changes an entry on purpose can seal all entries anew.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from geodata.edits import Edit, Row, from_text, to_text

SCHEMA = """
CREATE TABLE arcticmap_meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL);
CREATE TABLE arcticmap_rows (tbl TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (tbl, id));
CREATE TABLE arcticmap_history (
  number INTEGER PRIMARY KEY NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL,
  why TEXT NOT NULL, rows TEXT NOT NULL, previous TEXT NOT NULL, seal TEXT NOT NULL);
CREATE TABLE arcticmap_steps (position INTEGER PRIMARY KEY NOT NULL, token TEXT NOT NULL, name TEXT NOT NULL,
  rows TEXT NOT NULL);
"""
TABLES = ("arcticmap_meta", "arcticmap_rows", "arcticmap_history", "arcticmap_steps")

_COLUMNS = "number, at, who, kind, what, why, rows, previous, seal"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the history.

    Attributes
    ----------
    number : int
        Counted from 1.
    at, who : str
        When, in UTC as ISO 8601, and who.
    kind : {"edit", "undo", "redo", "merge"}
        Whether something was done, taken back, done again, or two documents were put together.
    what, why : str
        The edit's name, and the reason given, which may be empty.
    rows : str
        What changed, from what to what, as text of `geodata.edits.to_text`.
    previous, seal : str
        The seal of the entry before, and this one's own over all that stands in it.
    """

    number: int
    at: str
    who: str
    kind: str
    what: str
    why: str
    rows: str
    previous: str = ""
    seal: str = ""

    @property
    def edit(self) -> Edit:
        """What was done, as it can be done again or taken back."""
        return Edit(self.what, from_text(self.rows))

    @property
    def title(self) -> str:
        """The entry in a few words."""
        return f"entry {self.number} ({self.kind}: {self.what}, {self.at}, {self.who})"

    def sealed(self, previous: str) -> Entry:
        """Return the entry as it follows another one's seal."""
        bare = replace(self, previous=previous, seal="")
        return replace(bare, seal=_seal(bare))


def read_plainly(connection: sqlite3.Connection) -> None:
    """Let a connection give texts as they are, also where damage made them none."""
    connection.text_factory = _plain


def entries(connection: sqlite3.Connection) -> Iterator[Entry]:
    """Iterate over the history, the oldest entry first."""
    for row in connection.execute(f"SELECT {_COLUMNS} FROM arcticmap_history ORDER BY number"):
        yield Entry(*row)


def of_row(connection: sqlite3.Connection, table: str, row_id: str) -> tuple[Entry, ...]:
    """Return the entries in which one row changed, such as all that ever became of an annotation."""
    return tuple(
        entry for entry in entries(connection) if any((row.table, row.id) == (table, row_id) for row in entry.edit.rows)
    )


def entry_of(edit: Edit, *, number: int, kind: str, who: str, at: str, why: str = "") -> Entry:
    """Return the entry that tells of an edit, not sealed yet."""
    return Entry(number, at, who, kind, edit.name, why, to_text(edit.rows))


def append(connection: sqlite3.Connection, edit: Edit, *, kind: str, who: str, at: str, why: str = "") -> Entry:
    """Add an entry behind the last, and bring the document's rows to what they are after the edit."""
    last = connection.execute("SELECT number, seal FROM arcticmap_history ORDER BY number DESC LIMIT 1").fetchone()
    number, previous = last or (0, "")
    entry = entry_of(edit, number=number + 1, kind=kind, who=who, at=at, why=why).sealed(previous)
    add(connection, entry)
    for row in edit.rows:
        if row.after is None:
            connection.execute("DELETE FROM arcticmap_rows WHERE tbl = ? AND id = ?", (row.table, row.id))
        else:
            connection.execute("INSERT OR REPLACE INTO arcticmap_rows VALUES (?, ?, ?)", (row.table, row.id, row.after))
    return entry


def add(connection: sqlite3.Connection, entry: Entry) -> None:
    """Write an entry as it is, and remember its seal as the last."""
    values = (entry.number, entry.at, entry.who, entry.kind, entry.what, entry.why, entry.rows)
    marks = ", ".join("?" * 9)
    connection.execute(f"INSERT INTO arcticmap_history VALUES ({marks})", (*values, entry.previous, entry.seal))
    set_meta(connection, "head", entry.seal)


def state(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """Return the rows of one table by their ids."""
    found = connection.execute("SELECT id, value FROM arcticmap_rows WHERE tbl = ? ORDER BY id", (table,))
    return dict(found.fetchall())


def meta(connection: sqlite3.Connection, key: str) -> str:
    """Return what is remembered under a key; empty for nothing."""
    found = connection.execute("SELECT value FROM arcticmap_meta WHERE key = ?", (key,)).fetchone()
    return str(found[0]) if found else ""


def set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Remember something under a key."""
    connection.execute("INSERT OR REPLACE INTO arcticmap_meta VALUES (?, ?)", (key, value))


def replay(history: Iterable[Entry]) -> dict[tuple[str, str], str]:
    """Return the rows that a history leads to, by table and id."""
    rows: dict[tuple[str, str], str] = {}
    for entry in history:
        for row in entry.edit.rows:
            if row.after is None:
                rows.pop((row.table, row.id), None)
            else:
                rows[row.table, row.id] = row.after
    return rows


def damages(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return what is wrong with a history and with the rows it leads to, one sentence each; none where all is well."""
    read_plainly(connection)
    found: list[str] = []
    known: list[Entry] = []
    previous, is_sound = "", True
    for entry in entries(connection):
        problem = _damage(entry, previous, len(known) + 1) if is_sound else _damage(entry, entry.previous, entry.number)
        if problem:
            found.append(f"E{entry.title[1:]} {problem}.")
        previous, is_sound = entry.seal, not problem
        known.append(entry)
    if is_sound and meta(connection, "head") != previous:
        found.append(f"After entry {len(known)} at least one entry is missing.")
    return tuple(found) if found else _strayed(connection, known)


def _damage(entry: Entry, previous: str, number: int) -> str:
    if _seal(replace(entry, seal="")) != entry.seal:
        return "is damaged: it is not what was sealed"
    if entry.previous != previous or entry.number != number:
        return "does not follow the entry before it: one is missing or was changed"
    return ""


def _strayed(connection: sqlite3.Connection, known: list[Entry]) -> tuple[str, ...]:
    """Return which rows are not what the history says."""
    told = replay(known)
    there = {(row[0], row[1]): row[2] for row in connection.execute("SELECT tbl, id, value FROM arcticmap_rows")}
    changed = [key for key in sorted({*told, *there}) if told.get(key) != there.get(key)]
    last = {(row.table, row.id): entry for entry in known for row in entry.edit.rows}
    return tuple(
        f"{table}/{row_id} is not what {last[table, row_id].title if (table, row_id) in last else 'no entry'} made it."
        for table, row_id in changed
    )


def _plain(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _seal(entry: Entry) -> str:
    parts: list[int | str] = [entry.number, entry.at, entry.who, entry.kind, entry.what, entry.why, entry.rows]
    text = json.dumps([*parts, entry.previous], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def rows_between(before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]) -> tuple[Row, ...]:
    """Return the rows that make one state another."""
    keys = sorted({*before, *after})
    return tuple(Row(*key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key))
