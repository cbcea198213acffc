"""TOML files that people write: what they hold, and where in them a thing stands."""

from __future__ import annotations

import re
import tomllib
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
