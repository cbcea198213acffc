"""Disputed lines and statuses, and what each side holds of them; the map takes none of the sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from geodata.errors import RESTORE
from geodata.fact_tables import FactTableError, rows

NEUTRAL = "neutral"
VIEWS: Mapping[str, str] = {
    "neutral": "Neutral, by UN practice",
    "russia": "Russia",
    "usa": "United States",
    "canada": "Canada",
    "ukraine": "Ukraine",
}
"""Whose views there are, by id, and how people call them."""

Look = Literal["settled", "disputed"]
_COLUMNS = ("kind", "name", "view", "look", "short", "words", "features", "places", "line", "source", "confidence")


@dataclass(frozen=True, slots=True)
class Position:
    """What one side holds of an item.

    Attributes
    ----------
    look : {"settled", "disputed"}
        Whether the side holds the matter settled; in the neutral view nothing disputed is.
    short, words : str
        A few words for the map, and a sentence.
    source, confidence : str
        Who says so, and how sure the row is.
    """

    look: Look
    short: str
    words: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Disputed:
    """A disputed line or status.

    Attributes
    ----------
    id, name : str
        How the program and how people call it.
    features : tuple of str
        What the map shows of it, as ``layer/feature``.
    places : tuple of (float, float)
        Where its marks stand, in degrees.
    line : tuple of (float, float)
        Its course in degrees; empty where it is no line of its own.
    positions : mapping
        By the id of the view; views without a position of their own are missing.
    """

    id: str
    name: str
    features: tuple[str, ...]
    places: tuple[tuple[float, float], ...]
    line: tuple[tuple[float, float], ...]
    positions: Mapping[str, Position]


def read(folder: Path) -> tuple[Disputed, ...]:
    """Read the items from ``viewpoints.csv`` in a folder of facts, and the courses of those that are lines.

    Raises
    ------
    FactTableError
        Where a table is missing or damaged, or a row names an unknown view or look.
    """
    path = folder / "viewpoints.csv"
    grouped: dict[str, list[dict[str, str]]] = {}
    for row in rows(path, needs=_COLUMNS):
        if row["view"] not in VIEWS or row["look"] not in ("settled", "disputed"):
            raise FactTableError(f"{row['view']}, {row['look']} is unknown.", where=str(path), advice=RESTORE)
        grouped.setdefault(row["kind"], []).append(row)
    return tuple(_item(folder, item, found) for item, found in grouped.items())


def _item(folder: Path, item: str, found: list[dict[str, str]]) -> Disputed:
    first = found[0]
    places = [place.split() for place in first["places"].split(";")]
    return Disputed(
        item,
        first["name"],
        tuple(first["features"].split(";")),
        tuple((float(lon), float(lat)) for lon, lat in places),
        _course(folder / f"{first['line']}.csv") if first["line"] else (),
        {row["view"]: _position(row) for row in found},
    )


def _course(path: Path) -> tuple[tuple[float, float], ...]:
    ordered = sorted(rows(path, needs=("seq", "lon", "lat")), key=lambda row: int(row["seq"]))
    return tuple((float(row["lon"]), float(row["lat"])) for row in ordered)


def _position(row: Mapping[str, str]) -> Position:
    return Position(cast(Look, row["look"]), row["short"], row["words"], row["source"], row["confidence"])
