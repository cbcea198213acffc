"""The catalogue of layers: what there is, in drawing order, and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from geodata import toml_text
from geodata.errors import RESTORE, CatalogueError

_NAME = "catalogue of layers"
_TABLES = ("style", "label", "display")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_REQUIRED = ("id", "title", "group", "style", "source", "licence", "vintage")


@dataclass(frozen=True, slots=True)
class Source:
    """One layer's entry.

    Attributes
    ----------
    id, title, group : str
        Its id (also the stem of its files), its name and its heading in the layers panel.
    source, licence, attribution, vintage, note : str
        Where it comes from, under which terms, the credit on the map (empty for none), how old it is, how sure.
    style, label, display : mapping
        How it is drawn and named, and when; read by the viewer, opaque here.
    where : str
        File, line and layer, for messages.
    """

    id: str
    title: str
    group: str
    source: str
    licence: str
    vintage: str
    attribution: str = ""
    note: str = ""
    style: Mapping[str, Any] = field(default_factory=dict[str, Any])
    label: Mapping[str, Any] = field(default_factory=dict[str, Any])
    display: Mapping[str, Any] = field(default_factory=dict[str, Any])
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All sources in drawing order, the lowest first, and what was wrong with entries that had to be left out."""

    sources: tuple[Source, ...]
    problems: tuple[CatalogueError, ...] = ()

    def get(self, layer_id: str) -> Source | None:
        """Return a source by its layer's id, or None."""
        return next((source for source in self.sources if source.id == layer_id), None)

    @property
    def attribution(self) -> tuple[str, ...]:
        """Every credit the map owes, each once, in drawing order."""
        return tuple(dict.fromkeys(source.attribution for source in self.sources if source.attribution))


def read(path: Path) -> Catalogue:
    """Read a catalogue; an entry that is broken or makes no sense is left out and told, the others stand.

    Raises
    ------
    CatalogueError
        Where not one entry can be read; names the line where TOML tells it.
    """
    problems: list[CatalogueError] = []
    try:
        entries = _entries(path)
    except CatalogueError as broken:
        entries = _whole_entries(path, problems)
        if not entries:
            raise broken
    sources: list[Source] = []
    for where, table in entries:
        try:
            sources.append(_source(table, known={source.id for source in sources}, where=where))
        except CatalogueError as problem:
            problems.append(problem)
    return Catalogue(tuple(sources), tuple(problems))


def _entries(path: Path) -> list[tuple[str, Any]]:
    """Return where each entry stands, and what it holds."""
    tables, text = toml_text.read(path, name=_NAME)
    entries = tables.get("layer", [])
    if not isinstance(entries, list):
        raise CatalogueError(
            "layer must be written as [[layer]] tables.",
            where=str(path),
            advice="Write each layer as a table of its own, or restore the file.",
        )
    if not entries:
        raise CatalogueError("It names no layers.", where=str(path), advice=RESTORE)
    known = cast("list[Any]", entries)
    lines = toml_text.lines_of(text, "[[layer]]")
    if len(lines) != len(known):
        return [(f"{path}, layer {number}", table) for number, table in enumerate(known, start=1)]
    return [
        (f"{path}, line {line}, layer {n}", table) for n, (line, table) in enumerate(zip(lines, known, strict=True), 1)
    ]


def _whole_entries(path: Path, problems: list[CatalogueError]) -> list[tuple[str, Any]]:
    """Return the entries of a broken file that are whole; adds to the problems."""
    try:
        blocks, broken = toml_text.whole_blocks(path, "[[layer]]", name=_NAME)
    except OSError:
        return []
    problems += broken
    return [(f"{path}, line {line}", table) for line, tables in blocks for table in tables.get("layer", [])]


def _source(table: Any, *, known: set[str], where: str) -> Source:
    if not isinstance(table, dict):
        raise CatalogueError("A layer must be a table.", where=where)
    entry = cast("dict[str, Any]", table)
    where = f"{where} ({entry.get('id', 'without an id')})"
    missing = [key for key in _REQUIRED if key not in entry]
    if missing:
        raise CatalogueError(f"It has no {missing[0]}.", where=where, advice=f"Add {missing[0]} = … to the entry.")
    unknown = sorted(set(entry) - (set(Source.__dataclass_fields__) - {"where"}))
    if unknown:
        raise CatalogueError(
            f"It has a key {unknown[0]!r} that means nothing.", where=where, advice="Remove it, or correct its name."
        )
    for key, value in entry.items():
        if not isinstance(value, dict if key in _TABLES else str):
            kind = "a table" if key in _TABLES else 'text, in "quotes"'
            raise CatalogueError(f"{key} must be {kind}.", where=where, advice="Write it as the other layers do.")
    if not _ID.fullmatch(entry["id"]):
        raise CatalogueError(
            f"Its id {entry['id']!r} is none.", where=where, advice="Use small letters, digits and hyphens."
        )
    if entry["id"] in known:
        raise CatalogueError("Its id is used twice.", where=where, advice="Give each layer an id of its own.")
    return Source(**entry, where=where)
