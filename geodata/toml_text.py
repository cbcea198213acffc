"""TOML files that people write: what they hold, and where in them a thing stands."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

from geodata.errors import RESTORE, CatalogueError, why_unreadable


def read(path: Path, *, name: str) -> tuple[dict[str, Any], str]:
    """Return the tables and the text of a TOML file in UTF-8.

    Parameters
    ----------
    path
        The file.
    name
        What it is called in the message: ``catalogue of layers``.

    Raises
    ------
    CatalogueError
        Where it cannot be read; names the line where TOML tells it.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(
            f"The {name} cannot be read: {why_unreadable(error)}.", where=str(path), advice=RESTORE
        ) from error
    try:
        return tomllib.loads(text), text
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        fault = str(error).rstrip(".") if isinstance(error, tomllib.TOMLDecodeError) else "it is nested too deeply"
        raise CatalogueError(
            f"The {name} is not valid TOML: {fault}.", where=str(path), advice="Mend that line, or restore the file."
        ) from error


def lines_of(text: str, start: str, *, below: str = "") -> tuple[int, ...]:
    """Return the numbers, from 1, of the lines that begin as told, not counting blanks.

    Parameters
    ----------
    text
        The whole file.
    start
        How the lines begin: a heading such as ``[[layer]]``, or a key.
    below
        Only lines below the first that begins so are looked at; empty for all.
    """
    first = next(iter(lines_of(text, below)), 0) if below else 0
    wanted = re.compile(rf"\s*{re.escape(start)}(?!\w)")
    lines = enumerate(text.splitlines(), start=1)
    return tuple(number for number, line in lines if number > first and start in line and wanted.match(line))


def whole_blocks(
    path: Path, heading: str, *, name: str
) -> tuple[list[tuple[int, dict[str, Any]]], list[CatalogueError]]:
    """Read a broken file block by block, each from one heading to the next.

    What stands before the first heading is passed over.

    Returns
    -------
    The line and the tables of each block that is whole, and what is wrong with the others.

    Raises
    ------
    OSError
        Where the file cannot be read at all.
    """
    text = path.read_bytes().decode("utf-8", errors="replace")
    lines = text.splitlines(keepends=True)
    found: list[tuple[int, dict[str, Any]]] = []
    problems: list[CatalogueError] = []
    for first, after in pairwise((*lines_of(text, heading), len(lines) + 1)):
        block = "".join(lines[first - 1 : after - 1])
        try:
            if "\ufffd" in block:
                raise tomllib.TOMLDecodeError("it holds bytes that are no text")
            found.append((first, tomllib.loads("\n" * (first - 1) + block)))  # so that messages count the file's lines
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            what = f"This part of the {name} is not valid TOML: {str(error).rstrip('.')}."
            where = f"{path}, line {first}"
            problems.append(CatalogueError(what, where=where, advice="Mend that line, or restore the file."))
    return found, problems
