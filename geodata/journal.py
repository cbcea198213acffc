"""The working copy of a document: each edit is on the disk before it is shown, and can be taken back at any time."""

from __future__ import annotations

import datetime
import sqlite3
import uuid
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from geodata import history
from geodata.edits import Edit, from_text, to_text
from geodata.errors import DocumentError

DEPTH = 1_000
"""How many steps can be taken back."""

FORMAT_VERSION = 2
"""Of the tables in working copy and document. Version 2 came with pictures and stories."""


class Journal:
    """An SQLite database with what a document holds now, its history, and the steps that can be taken back.

    To be used by one thread at a time; another process may read it meanwhile.

    Parameters
    ----------
    path
        Of the database, made when missing.
    who
        The name that goes into the history.

    Raises
    ------
    DocumentError
        Where the file is none of ours, is damaged, or is from a newer version.
    """

    def __init__(self, path: Path, *, who: str = "") -> None:
        self._path = path
        self._who = who
        try:
            self._connection = sqlite3.connect(path, isolation_level=None)
        except sqlite3.DatabaseError as error:
            raise DocumentError(f"The working copy cannot be read ({error}).", where=str(path)) from error
        try:
            self._prepare()
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise DocumentError(f"The working copy cannot be read ({error}).", where=str(path)) from error
        except DocumentError:
            self._connection.close()
            raise

    @property
    def path(self) -> Path:
        """Where it is."""
        return self._path

    @property
    def undo_name(self) -> str | None:
        """What the step is called that would be taken back; None where there is none."""
        return self._name_at(self._cursor)

    @property
    def redo_name(self) -> str | None:
        """What the step is called that would be done again; None where there is none."""
        return self._name_at(self._cursor + 1)

    @property
    def token(self) -> str:
        """A mark of the place among the steps: the same mark, the same content."""
        found = self._connection.execute("SELECT token FROM arcticmap_steps WHERE position = ?", (self._cursor,))
        row = found.fetchone()
        return str(row[0]) if row else self.meta("base")

    @property
    def is_modified(self) -> bool:
        """Whether something changed since `mark_saved`, or since the beginning."""
        return self.token != self.meta("saved")

    def state(self, table: str) -> dict[str, str]:
        """Return the rows of a table by their ids."""
        return history.state(self._connection, table)

    def meta(self, key: str) -> str:
        """Return what is remembered under a key; empty for nothing."""
        return history.meta(self._connection, key)

    def set_meta(self, **values: str) -> None:
        """Remember something under each of these keys."""
        with self._writing():
            for key, value in values.items():
                history.set_meta(self._connection, key, value)

    def entries(self) -> Iterator[history.Entry]:
        """Iterate over the history, the oldest entry first."""
        return history.entries(self._connection)

    def commit(self, edit: Edit, *, why: str = "", onto_last: bool = False, is_step: bool = True) -> None:
        """Keep an edit; when this returns, it is on the disk.

        Parameters
        ----------
        edit
            What changed. Steps that were taken back are forgotten.
        why
            The reason, for the history.
        onto_last
            Take it back together with the last step, as one gesture.
        is_step
            Whether it can be taken back at all.

        Raises
        ------
        sqlite3.Error
            Where it cannot be written; then nothing of it is kept.
        """
        with self._writing():
            entry = self._append(edit, "edit", why)
            cursor = self._cursor
            self._connection.execute("DELETE FROM arcticmap_steps WHERE position > ?", (cursor,))
            if not is_step:
                return
            last = self._step_at(cursor) if onto_last else None
            if last is not None:
                edit, cursor = last.followed_by(edit), cursor - 1
            values = (cursor + 1, entry.seal, edit.name, to_text(edit.rows))
            self._connection.execute("INSERT OR REPLACE INTO arcticmap_steps VALUES (?, ?, ?, ?)", values)
            self._move_cursor(cursor + 1)
            self._forget_oldest(cursor + 1 - DEPTH)

    def undo(self) -> Edit | None:
        """Take the last step back, and return what that changed; None where there is no step."""
        cursor = self._cursor
        step = self._step_at(cursor)
        if step is None:
            return None
        back = step.inverse()
        with self._writing():
            self._append(back, "undo", "")
            self._move_cursor(cursor - 1)
        return back

    def redo(self) -> Edit | None:
        """Do the step again that was taken back last, and return what that changed; None where there is no step."""
        cursor = self._cursor + 1
        step = self._step_at(cursor)
        if step is None:
            return None
        with self._writing():
            self._append(step, "redo", "")
            self._move_cursor(cursor)
        return step

    def mark_saved(self, token: str, **values: str) -> None:
        """Remember at which token the document was saved, and more under keys of its own."""
        self.set_meta(saved=token, **values)

    def texts_on_stack(self, table: str) -> Iterator[str]:
        """Iterate over what rows of a table are now, and over what undoing or doing again can make of them."""
        yield from self.state(table).values()
        for (text,) in self._connection.execute("SELECT rows FROM arcticmap_steps"):
            for row in from_text(text):
                if row.table == table:
                    yield from (value for value in (row.before, row.after) if value is not None)

    def forget_steps(self) -> None:
        """Forget what could be taken back; the history stays."""
        with self._writing():
            token = self.token
            self._connection.execute("DELETE FROM arcticmap_steps")
            self._move_cursor(0)
            history.set_meta(self._connection, "base", token)

    def load(self, other: Path) -> None:
        """Become a copy of another journal, in one step."""
        self._connection.execute("ATTACH DATABASE ? AS other", (str(other),))
        try:
            with self._writing():
                for table in history.TABLES:
                    self._connection.execute(f"DELETE FROM main.{table}")
                    self._connection.execute(f"INSERT INTO main.{table} SELECT * FROM other.{table}")
                history.set_meta(self._connection, "format", str(FORMAT_VERSION))
        finally:
            self._connection.execute("DETACH DATABASE other")

    def clear(self) -> None:
        """Begin an empty document."""
        with self._writing():
            for table in history.TABLES:
                self._connection.execute(f"DELETE FROM {table}")
            self._begin()

    def copy_to(self, path: Path) -> None:
        """Write a copy of the working copy as it is now into a file that is not there yet."""
        self._connection.execute("VACUUM INTO ?", (str(path),))

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def _prepare(self) -> None:
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        found = self._connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'arcticmap_meta'").fetchone()
        if not found[0]:
            with self._writing():
                for statement in filter(str.strip, history.SCHEMA.split(";")):
                    self._connection.execute(statement)
                self._begin()
        refuse_newer(self.meta("format"), where=str(self._path))
        self._be_current()

    def _be_current(self) -> None:
        """Say of a working copy of an earlier format that it is of the newest, which only has more kinds of rows."""
        if self.meta("format") != str(FORMAT_VERSION):
            self.set_meta(format=str(FORMAT_VERSION))

    def _begin(self) -> None:
        base = uuid.uuid4().hex
        for key, value in {"format": str(FORMAT_VERSION), "cursor": "0", "base": base, "saved": base}.items():
            history.set_meta(self._connection, key, value)

    @contextmanager
    def _writing(self) -> Generator[None]:
        """Do something as a whole or not at all."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    @property
    def _cursor(self) -> int:
        return int(self.meta("cursor") or 0)

    def _move_cursor(self, position: int) -> None:
        history.set_meta(self._connection, "cursor", str(position))

    def _append(self, edit: Edit, kind: str, why: str) -> history.Entry:
        return history.append(self._connection, edit, kind=kind, who=self._who, at=now(), why=why)

    def _forget_oldest(self, position: int) -> None:
        """Forget the steps up to a position; the last one's token is that of the content it led to."""
        row = self._connection.execute("SELECT token FROM arcticmap_steps WHERE position = ?", (position,)).fetchone()
        if row:
            history.set_meta(self._connection, "base", row[0])
            self._connection.execute("DELETE FROM arcticmap_steps WHERE position <= ?", (position,))

    def _name_at(self, position: int) -> str | None:
        found = self._connection.execute("SELECT name FROM arcticmap_steps WHERE position = ?", (position,)).fetchone()
        return str(found[0]) if found else None

    def _step_at(self, position: int) -> Edit | None:
        found = self._connection.execute("SELECT name, rows FROM arcticmap_steps WHERE position = ?", (position,))
        row = found.fetchone()
        return Edit(str(row[0]), from_text(row[1])) if row else None


def now() -> str:
    """Return the time in UTC as ISO 8601, to the second."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def refuse_newer(version: str, *, where: str) -> None:
    """Refuse what a later version of the program wrote.

    Raises
    ------
    DocumentError
        Where the version is newer than `FORMAT_VERSION`, or none at all.
    """
    if not version.isdecimal():
        raise DocumentError("This is no document of the Arctic Map Viewer.", where=where)
    if int(version) > FORMAT_VERSION:
        raise DocumentError(
            f"The document has format {version}; this program knows formats up to {FORMAT_VERSION}.",
            where=where,
            advice="Open it with a newer version of the Arctic Map Viewer.",
        )
